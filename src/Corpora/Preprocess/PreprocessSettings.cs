using Tmrvc.Audio;
using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

public enum PreprocessStep
{
    /// <summary>To the pipeline's sample rate.</summary>
    Resample,

    /// <summary>To the loudness target, ITU-R BS.1770-4.</summary>
    Normalize,

    /// <summary>Silence before and after speech is cut off; a recording without speech is rejected.</summary>
    VadTrim,

    /// <summary>Recordings longer than the maximum are cut at pauses.</summary>
    Segment,

    /// <summary>Features of the segments: a stage of its own, which is left out of the graph without this step.</summary>
    Features,
}

public enum VadKind
{
    Silero,
    Energy,
}

public sealed record PreprocessSettings : IValidated
{
    public CorpusSettings Corpus { get; init; } = new();

    /// <summary>Those left out are skipped; the order of work is that of <see cref="PreprocessStep"/>.</summary>
    public IReadOnlyList<PreprocessStep> Steps { get; init; } = Enum.GetValues<PreprocessStep>();

    public VadKind Vad { get; init; } = VadKind.Silero;

    /// <summary>Level for <see cref="VadKind.Energy"/>.</summary>
    public double EnergyLevelDb { get; init; } = -40;

    public SpeechRangeSettings Speech { get; init; } = new() { PaddingSeconds = 0.1 };

    /// <summary>Shorter segments are left out.</summary>
    public double MinSeconds { get; init; } = 1;

    /// <summary>Longer recordings are cut, or rejected when cutting is switched off.</summary>
    public double MaxSeconds { get; init; } = 15;

    /// <summary>Speech is cut at every longer pause, where <see cref="PreprocessStep.VadTrim"/> is done.</summary>
    public double MaxPauseSeconds { get; init; } = 3;

    public QualitySettings Quality { get; init; } = new();

    /// <summary>Files at the same time; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    public int Workers { get; init; }

    public bool Does(PreprocessStep step) => Steps.Contains(step);

    /// <summary>Those of this stage, in the order of work.</summary>
    internal IReadOnlyList<PreprocessStep> OwnSteps =>
        [.. Enum.GetValues<PreprocessStep>().Where(step => step != PreprocessStep.Features && Does(step))];

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var twice in Steps.GroupBy(step => step).Where(group => group.Count() > 1))
            yield return ("steps", $"{twice.Key} is listed {twice.Count()} times, once is allowed");
        if (EnergyLevelDb is not (>= -120 and < 0))
            yield return ("energy_level_db", $"found {EnergyLevelDb}, -120 to below 0 is allowed");
        if (MinSeconds is not (>= 0.1 and <= 60))
            yield return ("min_seconds", $"found {MinSeconds}, 0.1 to 60 is allowed");
        if (!(MaxSeconds >= 2 * MinSeconds && MaxSeconds <= 300))
            yield return ("max_seconds", $"found {MaxSeconds}, from twice min_seconds ({2 * MinSeconds}) to 300 is allowed");
        if (!(MaxPauseSeconds > 0))
            yield return ("max_pause_seconds", $"found {MaxPauseSeconds}, above 0 is allowed");
        if (Workers < 0)
            yield return ("workers", $"found {Workers}, 0 or more is allowed");
    }
}
