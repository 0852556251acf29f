using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// The least-squares inverse of the short-time spectrum (Griffin and Lim, 1984) for frames that end with their hop: frame f covers
/// samples [hop·(f + 1) − window, hop·(f + 1)) under a periodic Hann window, phases counted from its first sample. Differentiable.
/// </summary>
internal sealed class OverlapAdd : nn.Module
{
    private readonly VocoderArchitecture _architecture;
    private readonly Tensor _window;
    private readonly Tensor _envelope;

    public OverlapAdd(VocoderArchitecture architecture) : base(nameof(OverlapAdd))
    {
        _architecture = architecture;
        _window = hann_window(architecture.WindowLength).view(1, -1, 1).DetachFromDisposeScope();
        _envelope = _window.square().view(1, -1, architecture.HopLength, 1).sum(1).DetachFromDisposeScope();
    }

    /// <param name="spectrum">Complex, [B, 513, T + 3]: the last hops need the frames that begin before they end.</param>
    /// <returns>[B, 240·T]</returns>
    public Tensor forward(Tensor spectrum)
    {
        var (hop, ahead) = (_architecture.HopLength, _architecture.FramesAhead);
        var frames = spectrum.shape[2] - ahead; // T
        var samples = fft.irfft(spectrum, _architecture.NFft, 1).narrow(1, 0, _architecture.WindowLength) * _window.to(spectrum.device);
        var parts = samples.reshape(samples.shape[0], ahead + 1, hop, frames + ahead); // part k of frame f lies in hop f − 3 + k
        var hops = parts.select(1, ahead).narrow(2, 0, frames);
        for (var part = 0; part < ahead; part++) hops = hops + parts.select(1, part).narrow(2, ahead - part, frames);
        return (hops / _envelope.to(spectrum.device)).transpose(1, 2).reshape(samples.shape[0], frames * hop);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _window.Dispose();
            _envelope.Dispose();
        }
        base.Dispose(disposing);
    }
}
