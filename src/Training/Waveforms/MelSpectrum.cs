using Tmrvc.Audio;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The log-mel of <see cref="LogMel"/> as a differentiable function of waveforms.</summary>
public sealed class MelSpectrum : IDisposable
{
    private readonly SignalParameters _signal;
    private readonly Tensor _window;
    private readonly Tensor _filterbank;

    public MelSpectrum(SignalParameters signal, Device device)
    {
        _signal = signal;
        _window = hann_window(signal.WindowLength, device: device).DetachFromDisposeScope();
        _filterbank = tensor(DenseFilterbank.Of(signal), [signal.NMels, signal.NFreqBins], device: device).DetachFromDisposeScope();
    }

    /// <param name="waveform">[B, 240·T].</param>
    /// <returns>[B, 80, T], natural log of mel power, at least the floor's.</returns>
    public Tensor Of(Tensor waveform)
    {
        // A centred window of 960 in 1024 samples begins 32 samples late: the padding puts each frame's end where its hop ends.
        var slack = (_signal.NFft - _signal.WindowLength) / 2;
        var padded = nn.functional.pad(waveform, [_signal.WindowLength - _signal.HopLength + slack, slack]);
        var spectrum = stft(
            padded, _signal.NFft, _signal.HopLength, _signal.WindowLength, _window, center: false, return_complex: true).view_as_real();
        return _filterbank.matmul(spectrum.square().sum(-1)).clamp_min(_signal.LogFloor).log();
    }

    public void Dispose()
    {
        _window.Dispose();
        _filterbank.Dispose();
    }
}
