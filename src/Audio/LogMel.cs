using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Log-mel spectrogram of causal frames: frame f covers samples [hop·(f + 1) − window, hop·(f + 1)), zeros before the start.
/// Natural logarithm of max(band power, floor). One instance per thread.
/// </summary>
public sealed class LogMel
{
    /// <summary>Those of a cache line of the result.</summary>
    private const int FramesAtOnce = 16;

    private readonly SignalParameters parameters;
    private readonly FrameSpectrum analysis;
    private readonly MelFilterbank filterbank;
    private readonly float[] power;

    public LogMel(SignalParameters parameters)
    {
        this.parameters = parameters;
        analysis = new FrameSpectrum(parameters);
        filterbank = new MelFilterbank(parameters);
        power = new float[parameters.NFreqBins];
    }

    /// <param name="samples">[N] at the parameters' sample rate.</param>
    /// <returns>[80, T], row-major, T = floor(N/240).</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var frames = parameters.Frames(samples.Length);
        var logMel = GC.AllocateUninitializedArray<float>(parameters.NMels * frames);
        Span<float> beginning = stackalloc float[parameters.WindowLength];
        Span<float> columns = stackalloc float[FramesAtOnce * parameters.NMels];
        for (var first = 0; first < frames; first += FramesAtOnce)
        {
            var count = Math.Min(FramesAtOnce, frames - first);
            for (var frame = 0; frame < count; frame++)
                BandPowers(Covered(samples, first + frame, beginning), columns[(frame * parameters.NMels)..]);
            Logarithms(columns[..(count * parameters.NMels)]);
            for (var band = 0; band < parameters.NMels; band++)
                for (var frame = 0; frame < count; frame++)
                    logMel[band * frames + first + frame] = columns[frame * parameters.NMels + band];
        }
        return logMel;
    }

    /// <param name="frame">[960] the samples that the frame covers.</param>
    /// <param name="logMel">[80]</param>
    public void ComputeFrame(ReadOnlySpan<float> frame, Span<float> logMel)
    {
        BandPowers(frame, logMel);
        Logarithms(logMel[..parameters.NMels]);
    }

    /// <param name="beginning">[960] taken for a frame that begins before the signal does.</param>
    private ReadOnlySpan<float> Covered(ReadOnlySpan<float> samples, int frame, Span<float> beginning)
    {
        var end = (frame + 1) * parameters.HopLength;
        if (end >= parameters.WindowLength)
            return samples[(end - parameters.WindowLength)..end];
        beginning.Clear();
        samples[..end].CopyTo(beginning[^end..]);
        return beginning;
    }

    private void BandPowers(ReadOnlySpan<float> frame, Span<float> powers)
    {
        analysis.ComputePower(frame, power);
        filterbank.Apply(power, powers);
    }

    private void Logarithms(Span<float> values)
    {
        TensorPrimitives.Max(values, (float)parameters.LogFloor, values);
        TensorPrimitives.Log(values, values);
    }
}
