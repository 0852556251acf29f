namespace Tmrvc.Training;

/// <summary>How the student's content encoder and converter learn from the teacher's trajectories (phase A).</summary>
public sealed record DistillationSettings : ConvertingSettings
{
    /// <summary>Weight of the squared error of the content that is read from the content encoder, relative to its power.</summary>
    public double ContentWeight { get; init; } = 1;

    /// <summary>Weight of 1 − the cosine of the same.</summary>
    public double CosineWeight { get; init; } = 0.5;

    private protected override IEnumerable<(string Property, double Weight)> Weights() =>
        [("content_weight", ContentWeight), ("cosine_weight", CosineWeight), .. base.Weights()];
}
