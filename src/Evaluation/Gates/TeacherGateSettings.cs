using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What a phase must reach beside mels of the right shape that are finite. What is left out is not asked for.</summary>
public sealed record TeacherGateSettings : IValidated
{
    public LossTrendSettings? Loss { get; init; }

    /// <summary>SECS of an utterance's own content, F0 and speaker.</summary>
    public SimilarityBar? Reconstruction { get; init; }

    /// <summary>SECS of conversions to other speakers.</summary>
    public SimilarityBar? Conversion { get; init; }

    /// <summary>Most that the SECS of conversions may lie below that of the judged phase before.</summary>
    public double? ConversionDrop { get; init; }

    /// <summary>SECS of conversions in a room, to recordings in the same room.</summary>
    public SimilarityBar? Reverberant { get; init; }

    /// <summary>Most seconds, root mean square, that the RT60 heard in recordings may be off.</summary>
    public double? Rt60Error { get; init; }

    /// <summary>Least predicted mean opinion score, 1 to 5.</summary>
    public double? OpinionScore { get; init; }

    /// <summary>Whether a SECS is asked for.</summary>
    public bool ComparesVoices => Reconstruction is not null || Conversion is not null || ConversionDrop is not null || Reverberant is not null;

    /// <summary>Whether a figure is asked for that only a phase with a loss on rooms has.</summary>
    public bool ListensToRooms => Reverberant is not null || Rt60Error is not null;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (ConversionDrop < 0) yield return ("conversion_drop", $"{ConversionDrop}: 0 or more is allowed.");
        if (Rt60Error is { } error && !(error > 0)) yield return ("rt60_error", $"{error}: more than 0 is allowed.");
        if (OpinionScore is { } score && score is not (>= 1 and <= 5)) yield return ("opinion_score", $"{score}: from 1 to 5 is allowed.");
        foreach (var (name, part) in new (string, IValidated?)[] { ("loss", Loss), ("reconstruction", Reconstruction), ("conversion", Conversion), ("reverberant", Reverberant) })
            foreach (var mistake in part?.Mistakes() ?? [])
                yield return ($"{name}.{mistake.Property}", mistake.Message);
    }
}
