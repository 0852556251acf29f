using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// The log-magnitude spectrum to magnitude and phase, causal (after Vocos, Siuzdak, 2023), around a source of pulses and breath. The magnitude
/// is what came in times what the network corrects. The phase is the source's, where the two phase heads turn and weaken the pulses as a vocal
/// tract does. Two values of what the chain remembers are where the source has got to, so the state carries it on.
/// </summary>
public sealed class StudentVocoder : nn.Module
{
    /// <summary>Natural log of the largest magnitude that is given; a full-scale sine under the window has 5.5.</summary>
    public const double LargestLogMagnitude = 7;

    /// <summary>Values at the head of the chain that are turns of the source's period and of its breath.</summary>
    public const int Counted = 2;

    private const double FirstCorrection = 0.1;

    private readonly VoiceSource _source;
    private readonly Sequential _input;
    private readonly ModuleList<CausalBlock> _blocks;
    private readonly Sequential _magnitude;
    private readonly Conv1d _cosine;
    private readonly Conv1d _sine;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public StudentVocoder(StudentArchitecture architecture, ulong seed = 0) : base(nameof(StudentVocoder))
    {
        Architecture = architecture.Validated();
        var (channels, bins) = (architecture.VocoderChannels, architecture.Features);
        _source = new VoiceSource(architecture);
        _input = this.Child("input_proj", nn.Sequential(nn.Conv1d(bins, channels, 1), nn.SiLU()));
        _blocks = this.Child("blocks", new ModuleList<CausalBlock>(
            [.. architecture.VocoderDilations.Select(dilation => new CausalBlock(channels, architecture.Expansion, dilation))]));
        _magnitude = this.Child("mag_head", nn.Sequential(nn.Conv1d(channels, bins, 1)));
        _cosine = this.Child("phase_cos_head", nn.Conv1d(channels, bins, 1));
        _sine = this.Child("phase_sin_head", nn.Conv1d(channels, bins, 1));
        StudentInitialisation.Apply(this, seed);
        using var withoutGradient = no_grad();
        foreach (var head in new nn.Module[] { _magnitude, _cosine, _sine })
            foreach (var parameter in head.parameters()) parameter.mul_(FirstCorrection);
    }

    public StudentArchitecture Architecture { get; }

    /// <summary>Constants of the source, which are exported beside the weights.</summary>
    public VoiceSource Source => _source;

    public int StateFrames => StudentArchitecture.StateFrames(Architecture.VocoderDilations);

    /// <param name="features">Natural log of magnitude, [B, 513, T]</param>
    /// <param name="state">[B, 256, 14], or null at the beginning.</param>
    public VocoderFrames forward(Tensor features, Tensor? state = null)
    {
        using var scope = NewDisposeScope();
        var memory = new StreamState(state, features, Architecture.VocoderChannels, StateFrames);
        var source = _source.forward(features, memory.Latest(_blocks[0].StateFrames(0)).narrow(1, 0, Counted));
        var x = _input.call(features);
        x = cat([source.Counted, x.narrow(1, Counted, x.shape[1] - Counted)], 1);
        foreach (var block in _blocks) x = ContentEncoder.Through(block, x, memory);
        var magnitude = (features + _magnitude.call(x)).clamp_max(LargestLogMagnitude).exp();
        var (along, across) = (_cosine.call(x) + 1, _sine.call(x));
        var cosine = source.PulseCosine * along - source.PulseSine * across + source.BreathCosine;
        var sine = source.PulseSine * along + source.PulseCosine * across + source.BreathSine;
        return new VocoderFrames(
            magnitude.MoveToOuterDisposeScope(), cosine.MoveToOuterDisposeScope(), sine.MoveToOuterDisposeScope(),
            memory.After().MoveToOuterDisposeScope());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }
}

/// <param name="Magnitude">[B, 513, T], above 0.</param>
/// <param name="Cosine">[B, 513, T]; with <paramref name="Sine"/> a vector that points to the phase, of any length.</param>
/// <param name="Sine">[B, 513, T]</param>
/// <param name="State">[B, 256, 14]</param>
public sealed record VocoderFrames(Tensor Magnitude, Tensor Cosine, Tensor Sine, Tensor State)
{
    private const double Floor = 1e-12;

    /// <summary>atan2, radians in (−π, π], [B, 513, T].</summary>
    public Tensor Phase => Sine.atan2(Cosine);

    /// <summary>Length of the vector that the phase is read from, [B, 513, T].</summary>
    public Tensor PhaseLength => (Cosine.square() + Sine.square()).sqrt();

    /// <summary>Magnitude and phase as complex numbers, differentiable where the vector is not zero. [B, 513, T]</summary>
    public Tensor Spectrum()
    {
        var gain = Magnitude * (Cosine.square() + Sine.square() + Floor).rsqrt();
        return complex(gain * Cosine, gain * Sine);
    }
}
