using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What a student must reach beside samples that are all numbers. What is left out is not asked for.</summary>
public sealed record StudentGateSettings : IValidated
{
    /// <summary>What the judge of voices must be able to do.</summary>
    public JudgeBar? Judge { get; init; }

    /// <summary>Least share, percent, of conversions that the discriminant of cepstra gives to the voice asked for, in float32 and in INT8.</summary>
    public double? Assigned { get; init; }

    /// <summary>The same as a share of the teacher's.</summary>
    public double? AssignedOfTeacher { get; init; }

    /// <summary>Least share, percent, of conversions that are nearer to the voice asked for than to any other.</summary>
    public double? Nearest { get; init; }

    /// <summary>SECS of conversions.</summary>
    public SimilarityBar? Conversion { get; init; }

    /// <summary>SECS of conversions, above that of two speakers' recordings, as a share of the teacher's above it.</summary>
    public double? ConversionOfTeacher { get; init; }

    /// <summary>Least correlation of the F0 that is heard with that asked for, each conversion by itself, in the mean.</summary>
    public double? F0Correlation { get; init; }

    /// <summary>Most decibels, mel-cepstral, between conversions and the teacher's.</summary>
    public double? FromTeacher { get; init; }

    /// <summary>SECS of conversions in rooms, which the student has to hear by itself; where the teacher knows rooms.</summary>
    public SimilarityBar? Reverberant { get; init; }

    /// <summary>Least correlation of the RT60 that the exported estimator tells with the rooms'; where the teacher knows rooms.</summary>
    public double? Rt60Correlation { get; init; }

    /// <summary>Least seconds by which conversions in rooms are heard to ring longer than the same without; where the teacher knows rooms.</summary>
    public double? Rt60Rise { get; init; }

    /// <summary>Most that the SECS of conversions in INT8 may lie below that in float32.</summary>
    public double? Int8Drop { get; init; } = 0.02;

    /// <summary>Whether a SECS is asked for.</summary>
    public bool ComparesVoices => Judge is not null || Nearest is not null || Conversion is not null || ConversionOfTeacher is not null || Reverberant is not null || Int8Drop is not null;

    /// <summary>What is asked of a student whose teacher knows no rooms.</summary>
    public StudentGateSettings WithoutRooms() => this with { Reverberant = null, Rt60Correlation = null, Rt60Rise = null };

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, share) in new[] { ("assigned", Assigned), ("nearest", Nearest) })
            if (share is { } percent && percent is not (> 0 and <= 100)) yield return (name, $"{percent}: more than 0 and up to 100 percent is allowed.");
        foreach (var (name, least) in new[]
            { ("assigned_of_teacher", AssignedOfTeacher), ("conversion_of_teacher", ConversionOfTeacher), ("from_teacher", FromTeacher), ("rt60_rise", Rt60Rise) })
            if (least is { } number && !(number > 0)) yield return (name, $"{number}: more than 0 is allowed.");
        foreach (var (name, correlation) in new[] { ("f0_correlation", F0Correlation), ("rt60_correlation", Rt60Correlation) })
            if (correlation is { } least && least is not (> 0 and <= 1)) yield return (name, $"{least}: more than 0 and up to 1 is allowed.");
        if (Int8Drop < 0) yield return ("int8_drop", $"{Int8Drop}: 0 or more is allowed.");
        foreach (var (name, part) in new (string, IValidated?)[] { ("judge", Judge), ("conversion", Conversion), ("reverberant", Reverberant) })
            foreach (var mistake in part?.Mistakes() ?? [])
                yield return ($"{name}.{mistake.Property}", mistake.Message);
    }
}
