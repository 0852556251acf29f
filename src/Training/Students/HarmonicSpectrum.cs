using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// The one spectrum that converter and vocoder agree on for a mel and a pitch: the smooth one behind the mel, with the pitch's comb, and then
/// corrected once, smoothly, so that its own mel is nearly that mel (whose lowest bands already tell harmonics apart).
/// </summary>
internal sealed class HarmonicSpectrum : IDisposable
{
    private readonly MelEnvelope _envelope;
    private readonly HarmonicComb _comb;
    private readonly FeatureMel _mel;

    public HarmonicSpectrum(StudentArchitecture architecture, SignalParameters signal, Device device)
    {
        _envelope = new MelEnvelope(signal, device);
        _comb = new HarmonicComb(architecture);
        _mel = new FeatureMel(DenseFilterbank.Of(signal), signal.NMels, signal.LogFloor, device);
    }

    /// <param name="logMel">Natural log of mel power, not normalised, [B, 80, T]</param>
    /// <param name="logF0">log(F0 in Hz + 1), 0 where unvoiced, [B, 1, T]</param>
    /// <returns>Natural log of magnitude, [B, 513, T]</returns>
    public Tensor Of(Tensor logMel, Tensor logF0)
    {
        var comb = _comb.Of(logF0);
        var drawn = _envelope.Of(logMel) + comb;
        return _envelope.Of(logMel + logMel - _mel.Of(drawn)) + comb;
    }

    public void Dispose()
    {
        _envelope.Dispose();
        _comb.Dispose();
        _mel.Dispose();
    }
}
