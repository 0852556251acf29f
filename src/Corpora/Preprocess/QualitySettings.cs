using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>What a recording must be to be used.</summary>
public sealed record QualitySettings : IValidated
{
    /// <summary>Hertz of the file.</summary>
    public int MinSampleRate { get; init; } = 16000;

    /// <summary>Longer files are rejected by the length they state, before they are decoded, and by what has been decoded.</summary>
    public double MaxRecordingSeconds { get; init; } = 3600;

    /// <summary>A recording whose loudest sample, of any channel, is below is silent. Decibels of full scale.</summary>
    public double MinPeakDb { get; init; } = -60;

    /// <summary>Share of a channel's samples at full scale, 0 to 1.</summary>
    public double MaxClippedShare { get; init; } = 0.002;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (MinSampleRate < 1)
            yield return ("min_sample_rate", $"found {MinSampleRate}, 1 or more is allowed");
        if (!(MaxRecordingSeconds > 0))
            yield return ("max_recording_seconds", $"found {MaxRecordingSeconds}, above 0 is allowed");
        if (MinPeakDb is not (>= -120 and < 0))
            yield return ("min_peak_db", $"found {MinPeakDb}, -120 to below 0 is allowed");
        if (MaxClippedShare is not (>= 0 and <= 1))
            yield return ("max_clipped_share", $"found {MaxClippedShare}, 0 to 1 is allowed");
    }
}
