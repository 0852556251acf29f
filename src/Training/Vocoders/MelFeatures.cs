using Tmrvc.Audio;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Waveforms to log-mel as the networks see it, clamped and normalised; differentiable.</summary>
public sealed class MelFeatures : IDisposable
{
    private readonly MelSpectrum _spectrum;
    private readonly float _clamp;
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    public MelFeatures(SignalParameters signal, MelStatistics statistics, Device device)
    {
        _spectrum = new MelSpectrum(signal, device);
        _clamp = statistics.Clamp;
        _mean = tensor(statistics.Mean, [1, statistics.Mean.Length, 1], device: device).DetachFromDisposeScope();
        _deviation = tensor(statistics.Deviation, [1, statistics.Deviation.Length, 1], device: device).DetachFromDisposeScope();
    }

    /// <param name="waveform">[B, 240·T].</param>
    /// <returns>[B, 80, T]</returns>
    public Tensor Of(Tensor waveform) => (_spectrum.Of(waveform).clamp_min(_clamp) - _mean) / _deviation;

    public void Dispose()
    {
        _spectrum.Dispose();
        _mean.Dispose();
        _deviation.Dispose();
    }
}
