using Tmrvc.Slurm.Tests.Support;

namespace Tmrvc.Slurm.Tests;

/// <summary>A controller that does not answer costs patience, never a second job for one stage.</summary>
[Category("EndToEnd")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FaultyControllerTests
{
    [TearDown]
    public Task Clear() => Clusters.Shared.ClearAsync();

    [Test]
    public async Task No_answer_is_not_taken_for_the_end_of_a_job_nor_for_a_job_that_never_arrived()
    {
        using var checkout = new Checkout(pace: 100);
        using var faulty = new FaultyCommands();
        using var worker = new Worker(checkout, [faulty.Variable], "low");

        var run = (await worker.EndAsync()).With(code: 0);

        Assert.That(run.Output, Does.Contain("Socket timed out on send/recv operation; trying again"));
        Assert.That(faulty.Looks, Is.GreaterThan(4));
        Assert.That(faulty.Submissions, Is.EqualTo(4), run.Output);
        Assert.That(checkout.Started, Is.EquivalentTo(new[] { "Prepare", "Left", "Right", "Join" }));
        Assert.That(checkout.Locks, Is.EqualTo(Checkout.LocksOfALocalRun));
    }

    [Test]
    public async Task What_a_users_profile_narrows_squeue_to_hides_no_job()
    {
        using var checkout = new Checkout(pace: 50);
        using var worker = new Worker(checkout, [("SQUEUE_PARTITION", "high"), ("SQUEUE_NAMES", "other")], "low");

        var run = (await worker.EndAsync()).With(code: 0);

        Assert.That(run.Output, Does.Not.Contain("not known to Slurm any more"));
        Assert.That(checkout.Started, Is.EquivalentTo(new[] { "Prepare", "Left", "Right", "Join" }));
    }

    [Test]
    public async Task Jobs_that_get_no_further_before_they_are_warned_of_their_time_limit_are_not_submitted_for_ever()
    {
        using var checkout = new Checkout(pace: 100_000);
        using var worker = new Worker(checkout, "low", "20");
        for (var job = 1; job <= 2; job++)
        {
            await worker.UntilAsync("Left: begins at step 0", times: job);
            await Clusters.Shared.RunAsync("scancel", "--me", "--name=tmrvc-Left", "--batch", "--signal=USR1");
        }

        await worker.UntilAsync("no further than the job before it; allow it more (time");
        worker.Terminate();
        await worker.EndAsync();
    }
}
