namespace Tmrvc.Training;

/// <summary>How content encoder and converter go on to match what the teacher says in distribution (phase B).</summary>
public sealed record DistributionSettings : ConvertingSettings
{
    /// <summary>Weight of the distribution's loss.</summary>
    public double DistributionWeight { get; init; } = 1;

    /// <summary>Weight of phase A's loss on velocities, which keeps the student from drifting.</summary>
    public double VelocityWeight { get; init; } = 0.25;

    /// <summary>Weight of the multi-resolution spectral loss between waveforms.</summary>
    public double StftWeight { get; init; } = 0.5;

    /// <summary>Weight of the distance between speaker embeddings.</summary>
    public double SpeakerWeight { get; init; } = 0.3;

    /// <summary>Learning rate of the flow of the student's samples.</summary>
    public double ScoreLr { get; init; } = 5e-5;

    /// <summary>Its updates for each of the student's.</summary>
    public int ScoreUpdates { get; init; } = 1;

    /// <summary>Samples are disturbed to a time drawn from here …</summary>
    public double LeastTime { get; init; } = 0.02;

    /// <summary>… to here.</summary>
    public double MostTime { get; init; } = 0.98;

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        foreach (var mistake in base.OwnMistakes()) yield return mistake;
        if (!(ScoreLr > 0)) yield return ("score_lr", $"{ScoreLr}: more than 0 is allowed.");
        if (ScoreUpdates < 1) yield return ("score_updates", $"{ScoreUpdates}: 1 or more is allowed.");
        if (LeastTime is not (> 0 and < 1)) yield return ("least_time", $"{LeastTime}: above 0 and below 1 is allowed.");
        if (!(MostTime >= LeastTime) || MostTime > 1) yield return ("most_time", $"{MostTime}: from least_time ({LeastTime}) to 1 is allowed.");
    }

    private protected override IEnumerable<(string Property, double Weight)> Weights() =>
    [
        ("distribution_weight", DistributionWeight), ("velocity_weight", VelocityWeight), ("stft_weight", StftWeight), ("speaker_weight", SpeakerWeight),
        .. base.Weights(),
    ];
}
