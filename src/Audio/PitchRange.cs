namespace Tmrvc.Audio;

/// <summary>The range in which a voice speaks: mean and standard deviation of ln(F0 in Hz) over voiced frames.</summary>
public sealed record PitchRange(double LogMean, double LogDeviation)
{
    /// <summary>F0 in <paramref name="target"/>'s range: linear in its logarithm, mean to mean and deviation to deviation.</summary>
    /// <param name="hertz">Above 0.</param>
    public double Moved(double hertz, PitchRange target) => Math.Exp((Math.Log(hertz) - LogMean) * StretchTo(target) + target.LogMean);

    private double StretchTo(PitchRange target) => LogDeviation > 0 ? target.LogDeviation / LogDeviation : 1;
}
