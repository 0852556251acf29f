using Tmrvc.Models.Layers;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Magnitude and phase to samples: inverse transform, Hann window, overlap and add, 240 samples a frame; differentiable. Frame f covers
/// samples [240·(f + 1) − 960, 240·(f + 1)), phases counted from the first of them.
/// </summary>
public sealed class WaveformSynthesis : IDisposable
{
    private readonly OverlapAdd _inverse;

    /// <param name="nFft">Samples of the inverse transform.</param>
    /// <param name="windowLength">Samples under the window, a multiple of the hop.</param>
    public WaveformSynthesis(int nFft, int windowLength, int hopLength)
    {
        var frames = new VocoderArchitecture { NFft = nFft, WindowLength = windowLength, HopLength = hopLength };
        if (frames.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList() is { Count: > 0 } mistakes)
            throw new ArgumentException($"Synthesis: {string.Join(" ", mistakes)}");
        FramesAhead = frames.FramesAhead;
        _inverse = new OverlapAdd(frames);
    }

    /// <summary>Frames after its own that a hop of samples needs: 3.</summary>
    public int FramesAhead { get; }

    /// <param name="spectrum">Complex, [B, 513, T]</param>
    /// <returns>The hops that all their frames are there of, [B, 240·(T − 3)]</returns>
    /// <exception cref="ArgumentException">There are no more than three frames.</exception>
    public Tensor Of(Tensor spectrum) => spectrum.shape[2] > FramesAhead
        ? _inverse.forward(spectrum)
        : throw new ArgumentException($"Spectrum of {spectrum.shape[2]} frames: more than {FramesAhead} are needed.", nameof(spectrum));

    public void Dispose() => _inverse.Dispose();
}
