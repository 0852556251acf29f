using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>How the student's estimator of rooms is trained.</summary>
public sealed record StudentRoomsSettings : TrainingSettings
{
    /// <summary>How the speech is brought into rooms.</summary>
    public AugmentationSettings Augmentation { get; init; } = new() { RoomProbability = 0.8 };

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed; decays need more bits.");
        if (Augmentation.RoomProbability == 0) yield return ("augmentation.room_probability", "0: no speech would be in a room; more than 0 is allowed.");
        foreach (var mistake in Within("augmentation", Augmentation)) yield return mistake;
    }
}
