using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>The range and the priors of the F0 tracker.</summary>
public sealed record PitchSettings : IValidated
{
    /// <summary>Two thirds of the analysis window of 40 ms hold one period of it.</summary>
    private const double LowestHertz = 38;

    /// <summary>Hertz.</summary>
    public double MinHertz { get; init; } = 55;

    /// <summary>Hertz.</summary>
    public double MaxHertz { get; init; } = 550;

    /// <summary>Level in dB of full scale below which a frame is unvoiced.</summary>
    public double SilenceDb { get; init; } = -60;

    /// <summary>Second parameter of the Beta(2, β) prior over YIN thresholds; its mean is 2/(2 + β).</summary>
    public double ThresholdBeta { get; init; } = 4;

    /// <summary>Probability that a frame differs in voicing from the one before.</summary>
    public double VoicingChange { get; init; } = 0.01;

    /// <summary>Scale of the Laplace prior over the change of F0 from frame to frame, octaves.</summary>
    public double OctavesPerFrame { get; init; } = 0.05;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (!(MinHertz >= LowestHertz && MinHertz < MaxHertz))
            yield return ("min_hertz", $"is {MinHertz}; {LowestHertz} to below max_hertz ({MaxHertz}) is allowed");
        if (!(MaxHertz <= 2000))
            yield return ("max_hertz", $"is {MaxHertz}; 2000 at most is allowed");
        if (SilenceDb is not (>= -200 and <= 0))
            yield return ("silence_db", $"is {SilenceDb}; -200 to 0 is allowed");
        if (!(ThresholdBeta > 0))
            yield return ("threshold_beta", $"is {ThresholdBeta}; more than 0 is allowed");
        if (VoicingChange is not (> 0 and < 1))
            yield return ("voicing_change", $"is {VoicingChange}; between 0 and 1 is allowed");
        if (!(OctavesPerFrame > 0))
            yield return ("octaves_per_frame", $"is {OctavesPerFrame}; more than 0 is allowed");
    }

    /// <summary>Samples: one more than the period of the lowest F0.</summary>
    public int LongestLag(int sampleRate) => (int)Math.Ceiling(sampleRate / MinHertz) + 1;

    /// <summary>Samples of lag that an analysis window has room for.</summary>
    public static int MostLags(int windowLength) => windowLength * 2 / 3;
}
