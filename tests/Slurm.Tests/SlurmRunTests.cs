using Tmrvc.Slurm.Tests.Support;

namespace Tmrvc.Slurm.Tests;

[Category("EndToEnd")]
public sealed class SlurmRunTests
{
    [Test]
    public async Task A_graph_through_Slurm_leaves_the_keys_and_hashes_of_a_local_run()
    {
        using var checkout = new Checkout();
        using var worker = new Worker(checkout, "low");

        var run = (await worker.EndAsync()).With(code: 0);

        Assert.That(checkout.Locks, Is.EqualTo(Checkout.LocksOfALocalRun));
        Assert.That(checkout.Started, Is.EquivalentTo(new[] { "Prepare", "Left", "Right", "Join" }));
        Assert.That(run.Output, Does.Contain("Left: begins at step 0").And.Contain("Right: 30/30 steps").And.Match("Left: job [0-9]+ runs on n[12]"));
        Assert.That(Directory.EnumerateFiles(Path.Combine(checkout.Root, "artifacts", "slurm", "smoke")), Is.Empty, "output of jobs that have a result");
        Assert.That(checkout.Plans, Is.Empty, "plans that no job reads any more");
    }

    [Test]
    public async Task A_second_run_submits_nothing()
    {
        using var checkout = new Checkout(pace: 0);
        using (var first = new Worker(checkout, "low"))
            (await first.EndAsync()).With(code: 0);
        using var second = new Worker(checkout, "low");

        var run = (await second.EndAsync()).With(code: 0);

        Assert.That(run.Output, Does.Contain("Join Fresh").And.Not.Contain("submitting"));
    }

    [Test]
    public async Task What_Slurm_refuses_fails_the_stage_with_the_words_of_Slurm()
    {
        using var checkout = new Checkout();
        using var worker = new Worker(checkout, "nowhere");

        var run = (await worker.EndAsync()).With(code: 1);

        Assert.That(run.Output, Does.Contain("Prepare Failed").And.Contain("invalid partition specified: nowhere"));
    }

    [Test]
    public async Task A_job_whose_inputs_change_while_it_waits_runs_nothing()
    {
        using var checkout = new Checkout();
        using var worker = new Worker(checkout, "low", "5", "--begin=now+2");
        await worker.UntilAsync("is pending");
        checkout.Write("number.txt", "13");

        var run = (await worker.EndAsync()).With(code: 1);

        Assert.That(run.Output, Does.Contain("they changed since"));
        Assert.That(checkout.Started, Is.Empty);
    }
}
