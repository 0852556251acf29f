using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// What a voice is made of before the vocal tract: pulses at the pitch that the features show, and breath. A network that sees magnitudes alone
/// cannot know where in its period a pulse train is; here the period is counted on from frame to frame.
/// </summary>
public sealed class VoiceSource : IDisposable
{
    /// <summary>Frames after which the breath repeats.</summary>
    public const int BreathFrames = 64;

    /// <summary>Share of the pulses in what is least and what is most voiced: never all or nothing, so that a network may still decide.</summary>
    public const float LeastVoiced = 0.05f, MostVoiced = 0.95f;

    /// <summary>Depth of ripple that is voiced as likely as not, and how steeply that changes.</summary>
    public const float VoicedDepth = 0.55f, Steepness = 12;

    private const ulong BreathSeed = 1;

    private readonly PlacedConstant _responses;
    private readonly PlacedConstant _bias;
    private readonly PlacedConstant _hertz;
    private readonly PlacedConstant _advance;
    private readonly PlacedConstant _bins;
    private readonly PlacedConstant _delay;
    private readonly PlacedConstant _share;
    private readonly PlacedConstant _breath;

    public VoiceSource(StudentArchitecture architecture)
    {
        var comb = new HarmonicComb(architecture);
        Reading = new PitchReading(architecture);
        (Hertz, Delay) = (comb.Hertz, Delays(architecture));
        Share = [.. comb.Hertz.Select(hertz => HarmonicComb.Share(hertz))];
        _responses = Exact(Reading.Responses, Reading.Hertz.Length, Reading.Bins);
        _bias = Exact(Reading.Bias, Reading.Bias.Length, 1);
        (_hertz, _advance) = (Kept(Reading.Hertz, Reading.Hertz.Length), Kept(Reading.Advance, Reading.Advance.Length));
        (_bins, _delay, _share) = (Column(Hertz), Column(Delay), Column(Share));
        _breath = new PlacedConstant(Drawn(architecture));
    }

    public PitchReading Reading { get; }

    /// <summary>Of each bin.</summary>
    public float[] Hertz { get; }

    /// <summary>Turns by which each bin lies behind the middle of its frame.</summary>
    public float[] Delay { get; }

    /// <summary>Of each bin, how much of it pulses may be.</summary>
    public float[] Share { get; }

    /// <summary>Phases of breath, in turns, [64 · 513], frame by frame.</summary>
    public float[] Breath => _breath.On(CPU).data<float>().ToArray();

    /// <param name="features">[B, 513, T]</param>
    /// <param name="counted">Where the source had got to in the frame before: turns of the period, and of the breath. [B, 2, 1]</param>
    public SourceFrames forward(Tensor features, Tensor counted)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var device = features.device;
        var (batch, frames) = (features.shape[0], features.shape[2]);
        // In double precision: TF32, where it is on, would read other pitches than the exported file does.
        var depths = _responses.On(device).matmul(features.detach().narrow(1, 0, Reading.Bins).to_type(ScalarType.Float64)); // [B, pitches, T]
        var read = (depths + _bias.On(device)).argmax(1); // [B, T]
        var (hertz, advance) = (Of(_hertz, read), Of(_advance, read)); // [B, 1, T]
        var voiced = ((depths.gather(1, read.unsqueeze(1)).to_type(features.dtype) - VoicedDepth) * Steepness).sigmoid();
        var period = Turns(counted.narrow(1, 0, 1), advance);
        var breath = Turns(counted.narrow(1, 1, 1), zeros_like(advance) + 1.0 / BreathFrames);
        var pulses = Angle((_bins.On(device) / hertz).round() * period - _delay.On(device));
        var place = (breath * BreathFrames).round().to_type(ScalarType.Int64).reshape(-1);
        var noise = Angle(_breath.On(device).index_select(0, place).view(batch, frames, -1).transpose(1, 2));
        var share = voiced * _share.On(device) * (MostVoiced - LeastVoiced) + LeastVoiced; // [B, 513, T]
        return new SourceFrames(
            (share * pulses.cos()).MoveToOuterDisposeScope(), (share * pulses.sin()).MoveToOuterDisposeScope(),
            ((1 - share) * noise.cos()).MoveToOuterDisposeScope(), ((1 - share) * noise.sin()).MoveToOuterDisposeScope(),
            cat([period, breath], 1).MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        foreach (var constant in new[] { _responses, _bias, _hertz, _advance, _bins, _delay, _share, _breath }) constant.Dispose();
    }

    /// <summary>[B, T] places in a row of values → [B, 1, T]</summary>
    private static Tensor Of(PlacedConstant values, Tensor places) =>
        values.On(places.device).index_select(0, places.reshape(-1)).view(places.shape[0], 1, places.shape[1]);

    /// <summary>Turns after each frame, in [0, 1); sums of 65536ths, which double precision holds exactly.</summary>
    private static Tensor Turns(Tensor before, Tensor advance)
    {
        var turns = advance.to_type(ScalarType.Float64).cumsum(2) + before.to_type(ScalarType.Float64);
        return (turns - turns.floor()).to_type(advance.dtype);
    }

    private static Tensor Angle(Tensor turns) => (turns - turns.floor()) * (2 * Math.PI);

    /// <summary>The phases of frames of noise that goes round. [64, 513]</summary>
    private static Tensor Drawn(StudentArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(BreathSeed);
        var (hop, window) = (architecture.HopLength, architecture.WindowLength);
        var noise = randn([(long)BreathFrames * hop], generator: generator);
        var round = cat([noise, noise.narrow(0, 0, window)], 0);
        var frames = stack(Enumerable.Range(0, BreathFrames).Select(frame => round.narrow(0, (long)frame * hop, window)).ToArray(), 0);
        var spectrum = fft.rfft(frames * hann_window(window), 2 * (architecture.Features - 1), 1).view_as_real();
        return (spectrum.select(2, 1).atan2(spectrum.select(2, 0)) / (2 * Math.PI)).MoveToOuterDisposeScope();
    }

    private static float[] Delays(StudentArchitecture architecture)
    {
        var half = architecture.WindowLength / 2.0 / (2.0 * (architecture.Features - 1));
        return [.. Enumerable.Range(0, architecture.Features).Select(bin => (float)(bin * half % 1))];
    }

    private static PlacedConstant Column(float[] values) => Kept(values, 1, values.Length, 1);

    private static PlacedConstant Kept(float[] values, params ReadOnlySpan<long> shape) => new(tensor(values, shape.ToArray()));

    private static PlacedConstant Exact(float[] values, params ReadOnlySpan<long> shape) => new(tensor(values, shape.ToArray(), dtype: ScalarType.Float64));
}

/// <summary>The source in each bin as two vectors of lengths that add up to 1, [B, 513, T] each.</summary>
/// <param name="Counted">Turns of the period and of the breath, in [0, 1), [B, 2, T].</param>
public sealed record SourceFrames(Tensor PulseCosine, Tensor PulseSine, Tensor BreathCosine, Tensor BreathSine, Tensor Counted);
