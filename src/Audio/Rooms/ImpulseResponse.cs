namespace Tmrvc.Audio;

/// <summary>The way from one source to one microphone in one room.</summary>
/// <param name="Samples">[N]; the direct sound's peak is sample <paramref name="Direct"/>.</param>
/// <param name="Bandwidth">Hertz; nothing was measured above it, so that <see cref="ResponseSpectrum"/> completes the response.</param>
public sealed record ImpulseResponse(float[] Samples, int SampleRate, int Direct, double Bandwidth)
{
    /// <summary>Half of the window around the direct sound, in seconds: what comes later was reflected.</summary>
    public const double DirectHalfWindow = 0.0025;

    /// <summary>Share of the bandwidth from which on the completion fades in.</summary>
    internal const double CrossoverShare = 0.85;

    /// <summary>Hertz up to which it stays as measured.</summary>
    internal double Untouched => Bandwidth < SampleRate / 2.0 ? CrossoverShare * Bandwidth : Bandwidth;

    public int HalfWindow => (int)Math.Round(DirectHalfWindow * SampleRate);

    /// <summary>
    /// The samples as a sum: direct sound, and what comes later. They are divided by a raised cosine that ends 2.5 ms after the
    /// direct sound. What lies 2.5 ms or more before it is in neither.
    /// </summary>
    public (float[] Direct, float[] Late) Split()
    {
        var (direct, late) = (new float[Samples.Length], new float[Samples.Length]);
        var end = Direct + HalfWindow;
        var fade = HalfWindow / 5;
        for (var n = Math.Max(0, Direct - HalfWindow); n < Samples.Length; n++)
        {
            var share = n >= end ? 0 : n <= end - fade ? 1 : 0.5 - 0.5 * Math.Cos(Math.PI * (end - n) / fade);
            direct[n] = (float)(share * Samples[n]);
            late[n] = Samples[n] - direct[n];
        }
        return (direct, late);
    }
}
