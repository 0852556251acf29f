using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>
/// Speech into another voice, 240 samples at a time at 24 kHz, on one thread; allocates nothing once made. One instance per stream.
/// </summary>
public sealed class StreamingConverter : IDisposable
{
    private readonly LogMelStream _mel;
    private readonly PitchStream _pitch;
    private readonly PitchRange? _from;
    private readonly PitchRange? _to;
    private readonly ConversionNetworks _networks;
    private readonly HopSynthesis _synthesis;
    private long _hops;

    /// <param name="from">The range of the voice that speaks; null leaves F0 as it is, as does a target that tells none.</param>
    /// <exception cref="ConversionException">A network is missing, or is another one.</exception>
    public StreamingConverter(ModelFolder models, ConversionOptions options, Constants constants, SpeakerProfile target, PitchRange? from)
    {
        var parameters = SignalParameters.From(constants);
        (_from, _to) = (from, target.PitchRange());
        _networks = new ConversionNetworks(models, options, constants, target);
        (_mel, _pitch, _synthesis) = (new LogMelStream(parameters), new PitchStream(parameters), new HopSynthesis(parameters));
        HopLength = constants.HopLength;
        DelaySamples = constants.WindowLength - HopLength + _networks.FramesAhead * HopLength;
    }

    /// <summary>Samples that are taken and given at a time.</summary>
    public int HopLength { get; }

    /// <summary>What comes out with a hop is this much older than what went in with it: the rest of the window, and the lookahead.</summary>
    public int DelaySamples { get; }

    /// <summary>From a sample's arrival to its conversion, in samples, if computing took no time: a hop has to be full first.</summary>
    public int LatencySamples => DelaySamples + HopLength;

    /// <param name="hop">[240] the newest samples.</param>
    /// <param name="converted">[240] the samples <see cref="DelaySamples"/> before them, converted.</param>
    /// <exception cref="ConversionException">A sample is no number or beyond <see cref="AudioFile.LargestSample"/>, or a network cannot be computed.</exception>
    /// <exception cref="NotFiniteException">The networks give what is no number.</exception>
    public void Push(ReadOnlySpan<float> hop, Span<float> converted)
    {
        if (!(Math.Abs(TensorPrimitives.MaxMagnitude(hop)) <= AudioFile.LargestSample))
            throw new ConversionException($"Hop {_hops} holds a sample that is not a number within range, ±1e10");
        _mel.Push(hop, _networks.Mel);
        if (_networks.Run(LogF0(_pitch.Push(hop))))
            _synthesis.Push(_networks.Magnitude, _networks.Phase, converted);
        else
            converted.Clear();
        if (!TensorPrimitives.IsFiniteAll<float>(converted))
            throw new NotFiniteException($"The networks give no numbers at hop {_hops}: their weights are of no use; export others");
        _hops++;
    }

    /// <summary>Back to the beginning of a stream.</summary>
    public void Reset()
    {
        _mel.Reset();
        _pitch.Reset();
        _networks.Reset();
        _synthesis.Reset();
        _hops = 0;
    }

    public void Dispose() => _networks.Dispose();

    /// <summary>ln(F0 + 1) in the target's range; 0 where unvoiced.</summary>
    private float LogF0(float hertz)
    {
        if (hertz <= 0)
            return 0;
        return (float)Math.Log((_from is null || _to is null ? hertz : _from.Moved(hertz, _to)) + 1);
    }
}
