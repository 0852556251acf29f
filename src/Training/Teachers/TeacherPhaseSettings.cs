using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>One phase of the teacher, as data.</summary>
public sealed record TeacherPhaseSettings : TrainingSettings
{
    /// <summary>tiny, base or upstream.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>Names of the corpora that are learnt from; none for all. The features that are read say it to the key.</summary>
    [Cosmetic]
    public IReadOnlyList<string> Datasets { get; init; } = [];

    public FlowSettings Flow { get; init; } = new();

    protected override IEnumerable<(string Property, string Message)> OwnMistakes() =>
    [
        .. Preset is "tiny" or "base" or "upstream" ? [] : new[] { ("preset", $"'{Preset}': tiny, base and upstream are allowed.") },
        .. Within("flow", Flow),
    ];
}
