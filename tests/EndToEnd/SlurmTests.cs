using System.Diagnostics;
using Tmrvc.EndToEnd.Harness;
using Tmrvc.Support;

namespace Tmrvc.EndToEnd;

/// <summary>
/// Whatever becomes of a job, a node or a front end while phase 1a runs, at most one more command ends in the bytes of a local run, and
/// the training goes on from its newest checkpoint. Every test has nodes of its own.
/// </summary>
[Category("EndToEnd"), Parallelizable(ParallelScope.Children)]
public sealed class SlurmTests
{
    private SlurmCluster _cluster = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _cluster = await SlurmCluster.StartAsync(nodes: 6);
        Assert.That(SharedWorkspaces.UndisturbedLocksWithPhase1a, Contains.Key("Phase1a"));
    }

    [OneTimeTearDown]
    public async Task End() => await _cluster.DisposeAsync();

    [Test, Order(1)]
    public async Task A_job_whose_time_runs_out_saves_is_submitted_again_and_goes_on_by_the_settings_of_the_beginning()
    {
        using var place = Place("--nodelist=n1", "--time=1");
        using var process = place.StartPhase1a();
        await PauseUntilWarnedAsync("n1");
        place.Workspace.Edit("profiles/mini.yaml", $"steps: {SharedWorkspaces.Phase1aSteps}", "steps: 61");

        var run = process.Finish().With(code: 0);

        Assert.That(run.Everything, Does.Contain("was interrupted and saved; submitting it again"));
        Assert.That(run.ResumedAt("Phase1a"), Is.Not.Empty);
        place.Workspace.Edit("profiles/mini.yaml", "steps: 61", $"steps: {SharedWorkspaces.Phase1aSteps}");
        place.RequireTheOneResult();
    }

    [Test]
    public async Task A_preempted_job_saves_and_is_submitted_again()
    {
        using var place = Place("--nodelist=n2");
        using var process = place.StartPhase1a();
        await _cluster.RunAsync("sbatch", "--partition=high", "--nodelist=n2", "--exclusive", "--output=/dev/null", "--wrap=sleep 1");

        var run = process.Finish().With(code: 0);

        Assert.That(run.Everything, Does.Contain("; submitting it again"));
        Assert.That(run.ResumedAt("Phase1a"), Has.Count.EqualTo(1));
        place.RequireTheOneResult();
    }

    [Test]
    public async Task A_job_that_somebody_cancels_ends_the_run_and_the_next_goes_on()
    {
        using var place = Place("--nodelist=n3");
        using var process = place.StartPhase1a();
        await _cluster.RunAsync("scancel", "--me", "--nodelist=n3");
        var cancelled = process.Finish().With(code: 75);
        var saved = place.Checkpoints[^1];

        using var next = place.Start();
        var run = next.Finish().With(code: 0);

        Assert.That(cancelled.Everything, Does.Contain("was cancelled; the next run goes on from here"));
        Assert.That(run.ResumedAt("Phase1a"), Is.EqualTo(new[] { saved }));
        place.RequireTheOneResult();
    }

    [Test]
    public async Task A_node_that_is_gone_costs_what_came_after_the_newest_checkpoint()
    {
        using var place = Place("--exclude=n1,n2,n3,n6");
        using var process = place.StartPhase1a();
        var node = (await place.JobsOn("n4")).Length > 0 ? "n4" : "n5";
        await _cluster.DestroyAsync(node);

        var run = process.Finish().With(code: 0);

        Assert.That(run.Everything, Does.Contain($"NODE_FAIL on {node}; submitting it again"));
        Assert.That(run.ResumedAt("Phase1a"), Has.Count.EqualTo(1));
        Assert.That(run.ResumedAt("Phase1a")[0] % SharedWorkspaces.CheckpointInterval, Is.Zero, "the steps since were lost with the node");
        place.RequireTheOneResult();
    }

    [Test]
    public void A_front_end_that_is_killed_leaves_its_job_at_work_and_the_next_one_takes_its_result()
    {
        using var place = Place("--nodelist=n6");
        using (var process = place.StartPhase1a())
        {
            process.Kill();
            process.Finish();
        }
        Assert.That(place.Plans, Has.Count.EqualTo(1), "what the job works by");

        using var next = place.Start();
        var run = next.Finish().With(code: 0);

        Assert.That(run.Everything, Does.Match("job [0-9]+ is at work on it already"));
        Assert.That(run.ResumedAt("Phase1a"), Is.Empty);
        place.RequireTheOneResult();
    }

    private SlurmWorkspace Place(params string[] options) => new(_cluster, SharedWorkspaces.BeforePhase1a(), options);

    /// <summary>Holds the job of a node, as a step of hours would, until Slurm has told it that its time runs out.</summary>
    private async Task PauseUntilWarnedAsync(string node)
    {
        var jobs = _cluster.ProcessesOn(node);
        Assert.That(jobs, Is.Not.Empty, $"processes on {node}");
        Signal("STOP", jobs);
        for (var watch = Stopwatch.StartNew(); !jobs.Any(IsWarned); await Task.Delay(50))
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), "time until SIGUSR1");
        Signal("CONT", jobs);
    }

    private static void Signal(string name, IEnumerable<Process> processes)
    {
        foreach (var process in processes)
            using (var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]))
                kill.WaitForExit();
    }

    /// <summary>SIGUSR1, the tenth signal, waits for the process; or it came with one to go on, and the process has left.</summary>
    private static bool IsWarned(Process process) => process.HasExited || File.ReadAllLines($"/proc/{process.Id}/status")
        .Where(line => line.StartsWith("SigPnd:", StringComparison.Ordinal) || line.StartsWith("ShdPnd:", StringComparison.Ordinal))
        .Any(line => (Convert.ToUInt64(line.Split('\t')[1], 16) & 1 << 9) != 0);
}
