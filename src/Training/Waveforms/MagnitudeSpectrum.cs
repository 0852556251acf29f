using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The magnitudes of the short-time spectrum of waveforms; differentiable everywhere, silence included.</summary>
internal sealed class MagnitudeSpectrum(StftResolution resolution)
{
    /// <summary>Keeps the slope of the root finite: −90 dB of full scale in one bin.</summary>
    private const double SmallestPower = 1e-9;

    private readonly Dictionary<(DeviceType, ScalarType), Tensor> _windows = [];

    public StftResolution Resolution => resolution;

    /// <param name="waveform">[B, N], N at least NFft/2 + 1; mirrored at both ends.</param>
    /// <returns>[B, NFft/2 + 1, 1 + ⌊N/hop⌋]</returns>
    public Tensor Of(Tensor waveform)
    {
        var spectrum = stft(
            waveform, resolution.NFft, resolution.Hop, resolution.Window, Window(waveform), center: true, return_complex: true).view_as_real();
        return (spectrum.square().sum(-1) + SmallestPower).sqrt();
    }

    private Tensor Window(Tensor like)
    {
        var place = (like.device_type, like.dtype);
        return _windows.TryGetValue(place, out var window)
            ? window
            : _windows[place] = hann_window(resolution.Window, dtype: like.dtype, device: like.device).DetachFromDisposeScope();
    }
}
