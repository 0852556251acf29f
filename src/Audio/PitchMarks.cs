namespace Tmrvc.Audio;

/// <summary>A place in a signal from which grains are cut: one in each period of a voice, every 5 ms elsewhere.</summary>
internal readonly record struct PitchMark(int Sample, bool IsVoiced);

/// <summary>Marks the periods of a voice, at the peaks of its low-passed waveform.</summary>
internal sealed class PitchMarks(SignalParameters parameters)
{
    private const double UnvoicedSeconds = 0.005;

    /// <summary>Share of a period by which the next one may come early or late.</summary>
    private const double Freedom = 0.2;

    private readonly LowPass lowPass = new(parameters.SampleRate);

    /// <returns>In order; the first lies at or before sample 0, the last at or after the end.</returns>
    internal IReadOnlyList<PitchMark> Of(ReadOnlySpan<float> samples, ReadOnlySpan<float> f0)
    {
        var smooth = new float[samples.Length];
        lowPass.Filter(samples, smooth);
        Rectify(smooth);
        var step = (int)(UnvoicedSeconds * parameters.SampleRate);
        var marks = new List<PitchMark> { new(-step, false), new(0, false) };
        while (marks[^1].Sample < samples.Length)
            marks.Add(Next(smooth, f0, marks[^1], step));
        marks.Add(new PitchMark(marks[^1].Sample + step, false));
        return marks;
    }

    private PitchMark Next(ReadOnlySpan<float> smooth, ReadOnlySpan<float> f0, PitchMark last, int step)
    {
        var hertz = At(f0, last.Sample + step);
        if (hertz <= 0)
            return new PitchMark(last.Sample + step, false);
        var period = parameters.SampleRate / hertz;
        var (low, high) = last.IsVoiced ? (1 - Freedom, 1 + Freedom) : (0.5, 1.5);
        var first = last.Sample + (int)(low * period);
        var end = Math.Min(smooth.Length, last.Sample + (int)(high * period) + 1);
        return new PitchMark(first < end ? first + ArgMax(smooth[first..end]) : last.Sample + (int)period, true);
    }

    /// <summary>Frame f is centred 480 samples before the end of its hop.</summary>
    private float At(ReadOnlySpan<float> f0, int sample)
    {
        var frame = (int)Math.Round((sample + parameters.WindowLength / 2.0) / parameters.HopLength) - 1;
        return f0.IsEmpty ? 0 : f0[Math.Clamp(frame, 0, f0.Length - 1)];
    }

    /// <summary>Turns the waveform so that its sharper peaks point up.</summary>
    private static void Rectify(Span<float> smooth)
    {
        var skew = 0.0;
        foreach (var value in smooth)
            skew += (double)value * value * value;
        if (skew < 0)
            System.Numerics.Tensors.TensorPrimitives.Negate(smooth, smooth);
    }

    private static int ArgMax(ReadOnlySpan<float> values) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values);
}
