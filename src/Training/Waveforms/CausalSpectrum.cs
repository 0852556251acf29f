using Tmrvc.Audio;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// The spectrum of frames that end with their hop: frame f covers samples [240·(f + 1) − 960, 240·(f + 1)) under a periodic Hann window,
/// zeros before the start, phases counted from its first sample; differentiable.
/// </summary>
internal sealed class CausalSpectrum : IDisposable
{
    private readonly SignalParameters _signal;
    private readonly Tensor _window;

    public CausalSpectrum(SignalParameters signal, Device device)
    {
        _signal = signal;
        _window = nn.functional.pad(hann_window(signal.WindowLength, device: device), [0, Slack]).DetachFromDisposeScope();
    }

    /// <summary>Samples by which the transform is longer than the window.</summary>
    private int Slack => _signal.NFft - _signal.WindowLength;

    /// <param name="waveform">[B, 240·T].</param>
    /// <returns>Real and imaginary parts, [B, 513, T, 2]</returns>
    public Tensor Of(Tensor waveform)
    {
        var padded = nn.functional.pad(waveform, [_signal.WindowLength - _signal.HopLength, Slack]);
        return stft(padded, _signal.NFft, _signal.HopLength, _signal.NFft, _window, center: false, return_complex: true).view_as_real();
    }

    public void Dispose() => _window.Dispose();
}
