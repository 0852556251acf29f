using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// What the student's vocoder learns from: recordings, said again from the spectra behind their mels and pitches. Where in its period a
/// recording is, those do not tell, so no phase of it is asked for: sounds are compared as magnitudes, at several resolutions.
/// </summary>
internal sealed class StudentVocoderObjective : IDisposable
{
    private const double SmallestPower = 1e-9;

    private readonly StudentVocoder _vocoder;
    private readonly StudentVocoderSettings _settings;
    private readonly Device _device;
    private readonly CausalSpectrum _spectrum;
    private readonly MelSpectrum _logMel;
    private readonly MelFeatures _mels;
    private readonly HarmonicSpectrum _features;
    private readonly WaveformSynthesis _synthesis;
    private readonly SpectralLoss _spectral = new(StftResolution.Standard);
    private readonly double _clamp;

    public StudentVocoderObjective(StudentVocoder vocoder, StudentVocoderSettings settings, SignalParameters signal, MelStatistics statistics, Device device)
    {
        (_vocoder, _settings, _device, _clamp) = (vocoder, settings, device, statistics.Clamp);
        _spectrum = new CausalSpectrum(signal, device);
        _logMel = new MelSpectrum(signal, device);
        _mels = new MelFeatures(signal, statistics, device);
        _features = new HarmonicSpectrum(vocoder.Architecture, signal, device);
        _synthesis = new WaveformSynthesis(signal.NFft, signal.WindowLength, signal.HopLength);
    }

    public IReadOnlyList<LossTerm> Of(WaveformBatch batch, StepRandom random)
    {
        var recorded = batch.On(_device);
        var frames = _vocoder.forward(_features.Of(_logMel.Of(recorded).clamp_min(_clamp), batch.LogF0On(_device)));
        var generated = _synthesis.Of(frames.Spectrum());
        var heard = recorded.narrow(1, 0, generated.shape[1]);
        return
        [
            new("mel", (_mels.Of(generated) - _mels.Of(heard)).abs().mean(), _settings.MelWeight),
            new("spectral", _spectral.Evaluate(generated, heard), _settings.SpectralWeight),
            new("magnitude", OfMagnitude(frames.Magnitude, _spectrum.Of(recorded)), _settings.MagnitudeWeight),
        ];
    }

    public void Dispose()
    {
        _spectrum.Dispose();
        _logMel.Dispose();
        _mels.Dispose();
        _features.Dispose();
        _synthesis.Dispose();
    }

    private static Tensor OfMagnitude(Tensor magnitude, Tensor spectrum) =>
        ((magnitude.square() + SmallestPower).log() - (spectrum.square().sum(-1) + SmallestPower).log()).abs().mean() / 2;
}
