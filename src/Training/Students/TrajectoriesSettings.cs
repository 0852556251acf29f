using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>The teacher's ways from noise to speech that a student is distilled from.</summary>
public sealed record TrajectoriesSettings : KeptRenditionSettings
{
    /// <summary>Stretches of equal time that each way is kept as, from its noise to its speech; they must divide the steps.</summary>
    public int Stretches { get; init; } = 5;

    /// <summary>How the speech is changed that the student hears; null leaves it as recorded. The teacher is told of the room, and says it in there.</summary>
    public AugmentationSettings? Augmentation { get; init; }

    /// <summary>The same for a teacher that knows no rooms.</summary>
    public TrajectoriesSettings WithoutRooms() => this with { Augmentation = Augmentation is null ? null : Augmentation with { RoomProbability = 0 } };

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        foreach (var mistake in base.OwnMistakes()) yield return mistake;
        if (Stretches < 1 || Steps % Stretches != 0) yield return ("stretches", $"{Stretches}: 1 or more that divide steps ({Steps}) are allowed.");
        foreach (var (property, message) in Augmentation?.Mistakes() ?? []) yield return ($"augmentation.{property}", message);
    }
}
