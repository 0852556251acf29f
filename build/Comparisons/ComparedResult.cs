using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Comparisons;

/// <summary>The records of a revision, as far as anybody has them, and where they were looked for.</summary>
/// <param name="Name">For people: "here", or the revision.</param>
internal sealed record ComparedResult(string Name, IReadOnlyDictionary<StageId, ActionRecord> Records, IReadOnlyList<string> Missing)
{
    public ActionRecord? this[StageId stage] => Records.GetValueOrDefault(stage);

    /// <param name="lockFiles">Text by stage; null where there is none.</param>
    public static async Task<ComparedResult> FindAsync(
        string name, IEnumerable<StageId> stages, Func<StageId, string?> lockFiles, Recall recall, CancellationToken cancellation)
    {
        var (records, missing) = (new Dictionary<StageId, ActionRecord>(), new List<string>());
        foreach (var stage in stages)
            if (lockFiles(stage) is not { } lockFile)
                missing.Add($"{name}: {stage} has no lock file");
            else if (await recall.FindAsync(stage, lockFile, cancellation) is { } record)
                records[stage] = record;
            else
                missing.Add($"{name}: nobody has the result of {stage} that its lock file names; --cache=WHERE looks in a cache");
        return new ComparedResult(name, records, missing);
    }
}
