using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Stages that run elsewhere: what comes of them is what is recorded, and what they take counts while they have a machine.</summary>
public sealed class DelegationTests
{
    private static readonly TimeSpan Queue = TimeSpan.FromMilliseconds(400);

    private static readonly SpendingLimit HalfTheQueue = new(Queue.TotalHours / 2, null);

    private static TestAction Stage => new("Far", run => File.WriteAllText(run.Output("out.txt"), "made"));

    [Test]
    public async Task Waiting_for_a_machine_uses_up_no_limit()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(RunOptions.Default with { Limit = HalfTheQueue, Executor = new Elsewhere(checkout) }, Stage);
        Assert.That((summary.Result, summary.IsLimitReached, summary.Spent), Is.EqualTo((RunResult.Done, false, new Spent(0, 0))));
    }

    [Test]
    public async Task What_takes_a_machine_too_long_is_stopped_at_the_limit()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(RunOptions.Default with { Limit = HalfTheQueue, Executor = new Elsewhere(checkout) { HasMachine = true } }, Stage);
        Assert.That((summary.Result, summary.IsLimitReached), Is.EqualTo((RunResult.Preempted, true)));
        Assert.That(summary.Spent.Hours, Is.GreaterThanOrEqualTo(HalfTheQueue.Hours!.Value));
    }

    [Test]
    public async Task The_record_is_the_result_whatever_was_said()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(RunOptions.Default with { Executor = new Elsewhere(checkout) { End = new(StageState.Failed, "its node was lost") } }, Stage);
        Assert.That((summary["Far"].State, summary.Output("Far")), Is.EqualTo((StageState.Ran, "made")));
    }

    [Test]
    public async Task A_result_that_is_seen_here_only_later_counts()
    {
        using var checkout = new Checkout();
        var elsewhere = new Elsewhere(checkout) { IsSeenLate = true };
        var summary = await checkout.Run(RunOptions.Default with { Executor = elsewhere }, Stage);
        await elsewhere.Made;
        Assert.That((summary["Far"].State, summary.Output("Far")), Is.EqualTo((StageState.Ran, "made")));
    }

    /// <summary>Another engine, which has the stage wait in a queue first.</summary>
    private sealed class Elsewhere(Checkout checkout) : IStageExecutor
    {
        public bool HasMachine { get; init; }

        public bool IsSeenLate { get; init; }

        public StageJobEnd End { get; init; } = new(StageState.Ran, "done");

        public Task Made { get; private set; } = Task.CompletedTask;

        public bool Takes(Stage stage) => true;

        public async Task<StageJobEnd> RunAsync(StageJob job, StageVoice voice, CancellationToken cancellation)
        {
            if (HasMachine)
                voice.Started();
            await Task.Delay(Queue, cancellation);
            voice.Stopped();
            Made = Task.Run(() => checkout.Run(job.Stage), CancellationToken.None);
            if (!IsSeenLate)
                await Made;
            return End;
        }
    }
}
