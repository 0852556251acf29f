namespace Tmrvc.Build.Services;

internal enum FindingState
{
    Good,

    /// <summary>Not there, and a run does without.</summary>
    Absent,

    Bad,
}

/// <summary>One row of what Doctor prints.</summary>
/// <param name="Fix">What to do; empty where all is well.</param>
internal sealed record Finding(string What, string Words, FindingState State = FindingState.Good, string Fix = "")
{
    public static Finding Bad(string what, string words, string fix) => new(what, words, FindingState.Bad, fix);

    public static Finding Absent(string what, string words) => new(what, words, FindingState.Absent);

    public override string ToString() =>
        $"{State switch { FindingState.Good => "ok ", FindingState.Absent => "-- ", _ => "BAD" }} {What,-12} {Words}{(Fix.Length > 0 ? $" → {Fix}" : "")}";
}
