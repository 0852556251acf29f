using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Reasons as people read them.</summary>
internal static class Words
{
    public const string UpToDate = "up to date";

    public const string Lost = "its recorded outputs are missing or damaged";

    /// <param name="reason">As <see cref="ConfinedStages.ReasonOf"/> gives it.</param>
    public static string Confined(string reason) => $"{reason} keeps it on the machine that made it";

    public static string NotHereAndConfined(ContentHash key, string reason) =>
        $"outputs of key {key} are not here, and no cache may have them: {Confined(reason)}. Build it here, without --frozen";

    public static string OutOfReach(string shared) => $"its recorded outputs are in {shared}, which cannot be asked";

    public static string Fresh(ActionRecord record) =>
        record.Verdict is { Passed: false } verdict ? $"did not pass: {Of(verdict)}" : UpToDate;

    public static string MayRun(string input, StageId producer) =>
        $"runs if {producer} changes its input '{input}'";

    public static string Drift(IEnumerable<string> folders) =>
        $"the code behind it changed since it ran ({string.Join(", ", folders)}), its version did not: raise Version if results differ";

    /// <summary>The checks that failed, with their numbers.</summary>
    public static string Of(GateVerdict verdict) => string.Join("; ", verdict.Checks
        .Where(check => !check.Passed)
        .Select(check => $"{check.Name}: found {check.Found}, allowed {check.Allowed}"));

    /// <param name="reason">Empty when settings or inputs changed.</param>
    /// <param name="nameOf">What people call what a change names.</param>
    public static string Stale(string reason, ActionRecord? last, IReadOnlyList<Change> changed, Func<string, string> nameOf) => (reason, last, changed) switch
    {
        (_, not null, [var first, ..]) => $"{first.Of(nameOf(first.What))}{(changed.Count > 1 ? $" (and {changed.Count - 1} more)" : "")}",
        ("", null, _) => "nothing is recorded of it",
        ("", _, _) => "its record is not in the store",
        _ => reason,
    };

    /// <param name="name">What people call what changed.</param>
    public static string LockOutOfDate(Change first, string name, int count) =>
        $"its lock file is out of date: {first.Of(name)}{(count > 1 ? $" (and {count - 1} more)" : "")}. Build it without --frozen";

    public static string NotToBeHad(ContentHash key, string shared) => $"outputs of key {key} are missing or damaged here and in {shared}";

    public static string NotAsked(Decision decision, StageKey only) => decision.Stage.Id == only.Stage
        ? $"key {only.Key.Short} was asked for, and settings and inputs are now those of {decision.Key?.Short ?? "no key"}: they changed since"
        : $"only {only.Stage} was asked for, and this would have to run first ({decision.Reason}): it changed since";
}
