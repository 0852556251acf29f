namespace Tmrvc.Audio;

/// <summary>The range in which a voice speaks: mean and standard deviation of ln(F0 in Hz) over voiced frames.</summary>
public sealed record PitchRange(double LogMean, double LogDeviation)
{
    /// <summary>A voice of one tone, or one measured on a few frames, must not make a melody of the other's every tremor.</summary>
    private const double MostStretch = 2;

    private static readonly PitchSettings Tracked = new();

    /// <summary>
    /// F0 in <paramref name="target"/>'s range: linear in its logarithm, mean to mean and deviation to deviation, but the range made no more than
    /// twice as wide or half as wide, and nothing beyond what the tracker finds.
    /// </summary>
    /// <param name="hertz">Above 0.</param>
    /// <returns>55 to 550</returns>
    public double Moved(double hertz, PitchRange target) =>
        Math.Clamp(Math.Exp((Math.Log(hertz) - LogMean) * StretchTo(target) + target.LogMean), Tracked.MinHertz, Tracked.MaxHertz);

    private double StretchTo(PitchRange target) =>
        LogDeviation > 0 ? Math.Clamp(target.LogDeviation / LogDeviation, 1 / MostStretch, MostStretch) : 1;
}
