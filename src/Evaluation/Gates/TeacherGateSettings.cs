using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What a phase must reach beside mels of the right shape that are finite. What is left out is not asked for.</summary>
public sealed record TeacherGateSettings : IValidated
{
    public LossTrendSettings? Loss { get; init; }

    /// <summary>What the judge of voices must be able to do.</summary>
    public JudgeBar? Judge { get; init; }

    /// <summary>SECS of an utterance's own content, F0 and speaker.</summary>
    public SimilarityBar? Reconstruction { get; init; }

    /// <summary>SECS of conversions to other speakers.</summary>
    public SimilarityBar? Conversion { get; init; }

    /// <summary>Least share, percent, of conversions that are nearer to the voice asked for than to any other.</summary>
    public double? Nearest { get; init; }

    /// <summary>Least share, percent, of conversions that the discriminant of cepstra gives to the voice asked for.</summary>
    public double? Assigned { get; init; }

    /// <summary>Most that the SECS of conversions may lie below that of the judged phase before: the mean over the same conversions.</summary>
    public double? ConversionDrop { get; init; }

    /// <summary>Most that the mel L1 of reconstructions may be as a multiple of that of the judged phase before.</summary>
    public double? MelRise { get; init; }

    /// <summary>SECS of conversions in rooms, to recordings in the same rooms.</summary>
    public SimilarityBar? Reverberant { get; init; }

    /// <summary>Most seconds, root mean square, that the RT60 heard in recordings may be off.</summary>
    public double? Rt60Error { get; init; }

    /// <summary>The same, as a multiple of the error of always answering the mean.</summary>
    public double? Rt60Share { get; init; }

    /// <summary>Least correlation of the RT60 heard in recordings with that of their rooms; a constant answer has none.</summary>
    public double? Rt60Correlation { get; init; }

    /// <summary>Least predicted mean opinion score, 1 to 5.</summary>
    public double? OpinionScore { get; init; }

    /// <summary>Most percentage points that the word errors of conversions may lie above those of their sources through the same vocoder.</summary>
    public double? WordErrorRise { get; init; }

    /// <summary>Whether a SECS is asked for.</summary>
    public bool ComparesVoices => Judge is not null || Reconstruction is not null || Conversion is not null || Nearest is not null
        || ConversionDrop is not null || Reverberant is not null;

    /// <summary>Whether a figure is asked for that only a phase with a loss on rooms has.</summary>
    public bool ListensToRooms => Reverberant is not null || Rt60Error is not null || Rt60Share is not null
        || Rt60Correlation is not null;

    /// <summary>Whether figures are compared with those of the judged phase before.</summary>
    internal bool LooksBack => ConversionDrop is not null || MelRise is not null;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, share) in new[] { ("nearest", Nearest), ("assigned", Assigned) })
            if (share is { } percent && percent is not (> 0 and <= 100)) yield return (name, $"{percent}: more than 0 and up to 100 percent is allowed.");
        foreach (var (name, most) in new[] { ("mel_rise", MelRise), ("rt60_error", Rt60Error), ("rt60_share", Rt60Share) })
            if (most is { } number && !(number > 0)) yield return (name, $"{number}: more than 0 is allowed.");
        if (ConversionDrop < 0) yield return ("conversion_drop", $"{ConversionDrop}: 0 or more is allowed.");
        if (Rt60Correlation is { } correlation && correlation is not (> 0 and <= 1))
            yield return ("rt60_correlation", $"{correlation}: more than 0 and up to 1 is allowed.");
        if (OpinionScore is { } score && score is not (>= 1 and <= 5)) yield return ("opinion_score", $"{score}: from 1 to 5 is allowed.");
        foreach (var (name, part) in new (string, IValidated?)[]
            { ("loss", Loss), ("judge", Judge), ("reconstruction", Reconstruction), ("conversion", Conversion), ("reverberant", Reverberant) })
            foreach (var mistake in part?.Mistakes() ?? [])
                yield return ($"{name}.{mistake.Property}", mistake.Message);
    }
}
