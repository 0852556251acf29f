using Tmrvc.Audio;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Waveforms to log-mel as the networks see it, clamped and normalised; differentiable.</summary>
public sealed class MelFeatures : IDisposable
{
    private readonly MelSpectrum _spectrum;
    private readonly NormalisedMel _normalised;

    public MelFeatures(SignalParameters signal, MelStatistics statistics, Device device)
    {
        _spectrum = new MelSpectrum(signal, device);
        _normalised = new NormalisedMel(statistics, device);
    }

    /// <param name="waveform">[B, 240·T].</param>
    /// <returns>[B, 80, T]</returns>
    public Tensor Of(Tensor waveform) => _normalised.Of(_spectrum.Of(waveform));

    public void Dispose()
    {
        _spectrum.Dispose();
        _normalised.Dispose();
    }
}
