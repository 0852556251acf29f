namespace Tmrvc.Training;

/// <summary>The teacher's ways from noise to speech that a student is distilled from.</summary>
public sealed record TrajectoriesSettings : KeptRenditionSettings
{
    /// <summary>Stretches of equal time that each way is kept as, from its noise to its speech; they must divide the steps.</summary>
    public int Stretches { get; init; } = 5;

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        foreach (var mistake in base.OwnMistakes()) yield return mistake;
        if (Stretches < 1 || Steps % Stretches != 0) yield return ("stretches", $"{Stretches}: 1 or more that divide steps ({Steps}) are allowed.");
    }
}
