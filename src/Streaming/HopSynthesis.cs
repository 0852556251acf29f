using System.Numerics.Tensors;
using Tmrvc.Audio;

namespace Tmrvc.Streaming;

/// <summary>
/// Spectra to samples: inverse transform, Hann window, overlap and add, divided by the sum of the squared windows (Griffin and Lim, 1984),
/// which is the same in every hop. Frame f covers samples [240·(f + 1) − 960, 240·(f + 1)), phases counted from its first.
/// </summary>
internal sealed class HopSynthesis
{
    private readonly FrameSpectrum _inverse;
    private readonly ComplexFloat[] _spectrum;
    private readonly float[] _frame;
    private readonly float[] _sum;
    private readonly float[] _weight;

    internal HopSynthesis(SignalParameters parameters)
    {
        _inverse = new FrameSpectrum(parameters);
        _spectrum = new ComplexFloat[parameters.NFreqBins];
        _frame = new float[parameters.WindowLength];
        _sum = new float[parameters.WindowLength];
        _weight = new float[parameters.HopLength];
        foreach (var (sample, value) in FrameSpectrum.PeriodicHann(parameters.WindowLength).Index())
            _weight[sample % parameters.HopLength] += value * value;
    }

    /// <param name="magnitude">[513]</param>
    /// <param name="phase">[513] radians.</param>
    /// <param name="hop">[240] the oldest samples of the frame: no later frame adds to them.</param>
    internal void Push(ReadOnlySpan<float> magnitude, ReadOnlySpan<float> phase, Span<float> hop)
    {
        for (var bin = 0; bin < _spectrum.Length; bin++)
        {
            var (sine, cosine) = MathF.SinCos(phase[bin]);
            _spectrum[bin] = new ComplexFloat(magnitude[bin] * cosine, magnitude[bin] * sine);
        }
        _inverse.Synthesize(_spectrum, _frame);
        TensorPrimitives.Add(_sum, _frame, _sum);
        TensorPrimitives.Divide(_sum.AsSpan(0, hop.Length), _weight, hop);
        _sum.AsSpan(hop.Length).CopyTo(_sum);
        _sum.AsSpan(_sum.Length - hop.Length).Clear();
    }

    internal void Reset() => Array.Clear(_sum);
}
