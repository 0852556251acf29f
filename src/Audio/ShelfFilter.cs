namespace Tmrvc.Audio;

public enum ShelfKind
{
    Low,
    High,
}

/// <summary>
/// Raises or lowers what lies below or above a frequency: the shelving filters of Bristow-Johnson's cookbook with slope 1. At the
/// frequency itself half of the decibels apply.
/// </summary>
public readonly record struct ShelfFilter
{
    private readonly double b0, b1, b2, a1, a2;

    /// <param name="hertz">Above 0, below half of the sample rate.</param>
    public ShelfFilter(ShelfKind kind, double hertz, double decibels, int sampleRate)
    {
        var amplitude = Math.Pow(10, decibels / 40);
        var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz / sampleRate);
        var side = kind == ShelfKind.Low ? cosine : -cosine;
        var alpha = sine / Math.Sqrt(2) * 2 * Math.Sqrt(amplitude);
        var (sum, difference) = (amplitude + 1, amplitude - 1);
        var sign = kind == ShelfKind.Low ? 1 : -1;
        var a0 = sum + difference * side + alpha;
        b0 = amplitude * (sum - difference * side + alpha) / a0;
        b1 = sign * 2 * amplitude * (difference - sum * side) / a0;
        b2 = amplitude * (sum - difference * side - alpha) / a0;
        a1 = sign * -2 * (difference + sum * side) / a0;
        a2 = (sum + difference * side - alpha) / a0;
    }

    /// <summary>Filters in place, starting from silence.</summary>
    public void Apply(Span<float> samples)
    {
        double first = 0, second = 0;
        for (var n = 0; n < samples.Length; n++)
        {
            var input = (double)samples[n];
            var output = b0 * input + first;
            first = b1 * input - a1 * output + second;
            second = b2 * input - a2 * output;
            samples[n] = (float)output;
        }
    }
}
