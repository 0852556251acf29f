using Tmrvc.BuildGraph;
using Tmrvc.Slurm.Tests.Support;

namespace Tmrvc.Slurm.Tests;

[Category("EndToEnd")]
public sealed class SlurmCostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [TearDown]
    public Task Clear() => Clusters.Shared.ClearAsync();

    [Test]
    public async Task A_job_in_the_queue_uses_up_no_limit_and_one_that_runs_is_cancelled_at_it()
    {
        using var checkout = new Checkout();
        var (name, value) = Clusters.Shared.Variable;
        Environment.SetEnvironmentVariable(name, value);
        var engine = new Engine(new StageGraph([new Sleep()]), new EngineOptions { Root = checkout.Root, Profile = "smoke", Clock = TimeProvider.System });

        var run = engine.Start(["Sleep"], RunOptions.Default with { Executor = Executor(checkout), Limit = new(Limit.TotalHours, null) }, new SilentObserver()).Finished;
        var number = await NumberAsync();
        await Task.Delay(2 * Limit);
        Assert.That(run.IsCompleted, Is.False, "while it is pending");
        await Clusters.Shared.RunAsync("scontrol", "update", $"JobId={number}", "StartTime=now");
        var summary = await run;

        Assert.That((summary.Result, summary.IsLimitReached), Is.EqualTo((RunResult.Preempted, true)));
        Assert.That(summary.Spent.Hours, Is.GreaterThanOrEqualTo(Limit.TotalHours));
        Assert.That(await Clusters.Shared.RunAsync("squeue", "--noheader"), Is.Empty, "jobs left");
    }

    private static SlurmExecutor Executor(Checkout checkout)
    {
        var settings = new SlurmSettings
        {
            PollSeconds = 0.2,
            Classes = new Dictionary<string, JobClass> { [ResourceClasses.Light] = new() { Partition = "low", Options = ["--begin=now+1hour"] } },
        };
        var program = new JobProgram(["/bin/sleep"], checkout.Root) { Plan = new JobPlan("PLAN", [("none.txt", "")]), Arguments = _ => ["60"] };
        return new SlurmExecutor(settings, program, Path.Combine(checkout.Root, "artifacts", "slurm"), "smoke", TimeProvider.System);
    }

    private static async Task<string> NumberAsync()
    {
        for (var waited = 0; waited < 300; waited++, await Task.Delay(100))
            if ((await Clusters.Shared.RunAsync("squeue", "--noheader", "--Format=JobID")).Trim() is { Length: > 0 } number)
                return number;
        throw new AssertionException("no job was submitted");
    }

    private sealed class Sleep() : ActionStage("Sleep")
    {
        public override string Description => "Sleep";

        public override int Version => 1;

        public override IReadOnlyList<StageInput> Inputs => [];

        public override IReadOnlyList<string> Outputs => ["none.txt"];

        public override Task RunAsync(StageRun run, CancellationToken cancellation) => throw new InvalidOperationException("It runs elsewhere.");
    }
}
