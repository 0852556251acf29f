using Tmrvc.Slurm.Tests.Support;
using Tmrvc.SlurmWorker;

namespace Tmrvc.Slurm.Tests;

/// <summary>Whatever becomes of jobs, nodes and front ends: the run ends in the same bytes, each stage has one result, and little is done twice.</summary>
[Category("EndToEnd")]
public sealed class SlurmTroubleTests
{
    private const int Everything = 2 * Pipeline.Steps;

    [TearDown]
    public Task Clear() => Clusters.Shared.ClearAsync();

    [Test]
    public async Task A_terminated_front_end_cancels_its_jobs_and_the_next_run_goes_on_from_their_checkpoints()
    {
        using var checkout = new Checkout(pace: 100);
        using var worker = new Worker(checkout, "low");
        await checkout.UntilStepAsync(5);
        worker.Terminate();

        (await worker.EndAsync()).With(code: 75);

        Assert.That(await Clusters.Shared.RunAsync("squeue", "--noheader"), Is.Empty, "jobs left");
        checkout.Write("pace.txt", "10");
        await RequireEndAsync(checkout);
    }

    [Test]
    public async Task A_killed_front_end_leaves_its_jobs_and_the_next_one_waits_for_them()
    {
        using var checkout = new Checkout(pace: 250);
        using (var worker = new Worker(checkout, "low"))
        {
            await checkout.UntilStepAsync(5);
            worker.Kill();
        }
        var plan = checkout.Plans.Single();
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(plan)!, "of-long-ago"));
        using var next = new Worker(checkout, "low");

        var run = (await next.EndAsync()).With(code: 0);

        Assert.That(run.Output, Does.Match("Left: job [0-9]+ is at work on it already"));
        Assert.That(checkout.Started, Is.EquivalentTo(new[] { "Prepare", "Left", "Right", "Join" }));
        Assert.That(checkout.StepsDone, Has.Count.EqualTo(Everything));
        Assert.That(checkout.Plans, Is.Empty);
        RequireOneResultEach(checkout);
    }

    [Test]
    public async Task Preempted_jobs_are_submitted_again()
    {
        using var checkout = new Checkout(pace: 100);
        using var worker = new Worker(checkout, "low");
        await checkout.UntilStepAsync(5);
        await Clusters.Shared.RunAsync("sbatch", "--partition=high", "--nodes=2", "--exclusive", "--output=/dev/null", "--wrap=sleep 1");

        var run = (await worker.EndAsync()).With(code: 0);

        Assert.That(run.Output, Does.Match("Left: job [0-9]+ .*; submitting it again"));
        Assert.That(checkout.StepsDone, Has.Count.InRange(Everything, Everything + 2));
        RequireOneResultEach(checkout);
    }

    [Test]
    public async Task Jobs_that_near_their_time_limit_save_and_are_submitted_again()
    {
        using var checkout = new Checkout(pace: 1000);
        using var worker = new Worker(checkout, "low", "5", "--time=1");
        await worker.UntilAsync("was interrupted and saved; submitting it again");
        checkout.Write("pace.txt", "10");

        await worker.EndAsync();

        Assert.That(checkout.StepsDone, Has.Count.InRange(Everything, Everything + 2));
        RequireOneResultEach(checkout);
    }

    [Test]
    public async Task Submitting_again_has_its_bound()
    {
        using var checkout = new Checkout(pace: 100);
        using var worker = new Worker(checkout, "low", "0");
        await checkout.UntilStepAsync(2);
        await Clusters.Shared.RunAsync("scancel", "--me", "--batch", "--signal=USR1");

        var run = (await worker.EndAsync()).With(code: 1);

        Assert.That(run.Output, Does.Contain("submitted 1 times in this run, 1 are allowed"));
        checkout.Write("pace.txt", "10");
        await RequireEndAsync(checkout);
    }

    [Test]
    public async Task A_job_that_outlives_its_node_keeps_its_successor_waiting_and_gives_the_one_result()
    {
        using var checkout = new Checkout(pace: 300);
        await Clusters.Shared.DrainAsync("n1");
        using var worker = new Worker(checkout, "low");
        await checkout.UntilStepAsync(1);
        await Clusters.Shared.ResumeAsync("n1");
        await Clusters.Shared.LoseAsync("n2");

        var end = await worker.EndAsync();
        await Clusters.Shared.ReturnAsync("n2");

        var run = end.With(code: 0);

        Assert.That(run.Output, Does.Contain("NODE_FAIL on n2; submitting it again").And.Contain("waits for another process that is running it"));
        Assert.That(checkout.Started, Is.EquivalentTo(new[] { "Prepare", "Left", "Right", "Join" }));
        Assert.That(checkout.StepsDone, Has.Count.EqualTo(Everything));
        RequireOneResultEach(checkout);
    }

    private static async Task RequireEndAsync(Checkout checkout)
    {
        using var next = new Worker(checkout, "low");
        (await next.EndAsync()).With(code: 0);
        Assert.That(checkout.StepsDone, Has.Count.InRange(Everything, Everything + 2));
        RequireOneResultEach(checkout);
    }

    private static void RequireOneResultEach(Checkout checkout)
    {
        Assert.That(checkout.Locks, Is.EqualTo(Checkout.LocksOfALocalRun));
        Assert.That(checkout.Records, Is.EqualTo(4));
    }
}
