namespace Tmrvc.Training;

/// <summary>How the student's speaker encoder learns the embeddings that conditioned the teacher.</summary>
public sealed record StudentVoicesSettings : TrainingSettings
{
    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed; deviations over time need more bits.");
    }
}
