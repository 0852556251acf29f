using System.Globalization;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>
/// One pipeline run in a workspace, over several front doors that are killed. When a front door reaches the end before its moment has
/// come, its artifacts are compared and the run starts over.
/// </summary>
/// <param name="undisturbed">Lock files of a run left in peace.</param>
/// <param name="usual">How long that took.</param>
internal sealed class KilledRun(Workspace workspace, SortedDictionary<string, string> undisturbed, TimeSpan usual, Random random)
{
    private readonly List<int> _resumed = [];

    /// <summary>Steps from which phase 0 went on.</summary>
    public IReadOnlyList<int> ResumedPhase0At => _resumed;

    public void KillAtRandom(TimeSpan within)
    {
        var moment = random.NextDouble() * within;
        using var process = workspace.Start();
        if (process.WaitForEnd(moment))
            StartOver(process);
        else
            Kill(process, moment);
    }

    /// <summary>A moment at which phase 0 has left a checkpoint and is at work.</summary>
    public void KillInPhase0()
    {
        if (workspace.Locks.ContainsKey("Phase0"))
            Directory.Delete(workspace.Artifacts, recursive: true);
        var moment = random.NextDouble() * usual / 50;
        using var process = workspace.Start();
        Assert.That(process.WaitUntil(() => Checkpoints.Of(workspace, "Phase0").Any()), Is.True, "a checkpoint of phase 0");
        if (process.WaitForEnd(moment))
            StartOver(process);
        else
            Kill(process, moment);
    }

    public void RunToTheEnd() => Note(workspace.Run().With(code: 0));

    private void Kill(FrontDoorProcess process, TimeSpan moment)
    {
        process.Kill();
        var killed = process.Finish();
        Note(killed);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"killed after {killed.Took.TotalSeconds:0.00} s (moment {moment.TotalSeconds:0.00} s): {killed.Output.LastOrDefault() ?? "nothing said yet"}"));
    }

    private void StartOver(FrontDoorProcess process)
    {
        Note(process.Finish().With(code: 0));
        Assert.That(workspace.Locks, Is.EqualTo(undisturbed));
        TestContext.Out.WriteLine("ended before its moment; started over");
        Directory.Delete(workspace.Artifacts, recursive: true);
    }

    private void Note(FinishedRun run) => _resumed.AddRange(run.ResumedAt("Phase0"));
}
