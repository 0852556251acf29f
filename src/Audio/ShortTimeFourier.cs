using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Spectra of the causal frames of a whole signal, and the signal whose spectra come closest to given ones in the least-squares
/// sense (Griffin and Lim 1984). Spectra are [T, 513], row-major. One instance per thread.
/// </summary>
public sealed class ShortTimeFourier(SignalParameters parameters)
{
    private readonly FrameSpectrum analysis = new(parameters);
    private readonly float[] squaredWindow = [.. FrameSpectrum.PeriodicHann(parameters.WindowLength).Select(value => value * value)];
    private readonly float[] frameSamples = new float[parameters.WindowLength];

    /// <summary>Samples of a frame that precede its own hop.</summary>
    private int Overlap => parameters.WindowLength - parameters.HopLength;

    /// <param name="samples">[240·T]</param>
    /// <param name="spectra">[T, 513]</param>
    public void Analyze(ReadOnlySpan<float> samples, Span<ComplexFloat> spectra)
    {
        var padded = new float[Overlap + samples.Length];
        samples.CopyTo(padded.AsSpan(Overlap));
        for (var frame = 0; frame < parameters.Frames(samples.Length); frame++)
            analysis.Compute(padded.AsSpan(frame * parameters.HopLength), spectra[(frame * parameters.NFreqBins)..]);
    }

    /// <param name="spectra">[T, 513]</param>
    /// <returns>[240·T]</returns>
    public float[] Synthesize(ReadOnlySpan<ComplexFloat> spectra, int frames)
    {
        var sum = new float[Overlap + frames * parameters.HopLength];
        var weight = new float[sum.Length];
        for (var frame = 0; frame < frames; frame++)
        {
            analysis.Synthesize(spectra[(frame * parameters.NFreqBins)..], frameSamples);
            Add(frameSamples, sum.AsSpan(frame * parameters.HopLength));
            Add(squaredWindow, weight.AsSpan(frame * parameters.HopLength));
        }
        // The last samples lie under the end of one window only: what is nearly zero there is not blown up.
        TensorPrimitives.Max(weight, 0.05f, weight);
        TensorPrimitives.Divide(sum, weight, sum);
        return sum[Overlap..];
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> target) => TensorPrimitives.Add(target[..values.Length], values, target);
}
