using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What stages take and cost: expected, recorded, limited.</summary>
public sealed class SpendingTests
{
    private const double ThreeHundredMilliseconds = 0.3 / 3600;

    /// <summary>Counts to a hundred thousand in its checkpoints until it is told to stop.</summary>
    private static TestTraining Train(int steps, double perHour = 0) => new("Train", async (run, cancellation) =>
    {
        var state = Path.Combine(run.Checkpoints, "step");
        for (var step = File.Exists(state) ? int.Parse(File.ReadAllText(state)) : 0; step < steps; step++)
        {
            await Task.Delay(20, cancellation);
            await File.WriteAllTextAsync(state, $"{step + 1}", CancellationToken.None);
        }
        await File.WriteAllTextAsync(run.Output("weights.txt"), "w", cancellation);
    })
    { With = new Length { Steps = steps }, Needs = new() { HourlyRate = perHour } };

    [Test]
    public async Task A_run_that_reaches_its_hours_is_interrupted_and_goes_on_later()
    {
        using var checkout = new Checkout();
        var stopped = await checkout.Run(RunOptions.Default with { Limit = new(ThreeHundredMilliseconds, null) }, Train(30));
        Assert.That((stopped.Result, stopped.IsLimitReached, stopped["Train"].State), Is.EqualTo((RunResult.Preempted, true, StageState.Interrupted)));
        Assert.That(stopped.Spent.Hours, Is.GreaterThanOrEqualTo(ThreeHundredMilliseconds));
        var finished = await checkout.Run(Train(30));
        Assert.That((finished.Result, finished.IsLimitReached), Is.EqualTo((RunResult.Done, false)));
        Assert.That(finished["Train"].Record!.Hours, Is.GreaterThan(finished.Spent.Hours), "with the time before the interruption");
    }

    [Test]
    public async Task A_run_that_reaches_its_cost_is_interrupted_by_the_rate_of_what_runs()
    {
        using var checkout = new Checkout();
        var stopped = await checkout.Run(RunOptions.Default with { Limit = new(null, 100 * ThreeHundredMilliseconds) }, Train(500, perHour: 100), Make.Source("Free", "x"));
        Assert.That((stopped.Result, stopped.IsLimitReached), Is.EqualTo((RunResult.Preempted, true)));
        Assert.That(stopped.Spent.Cost, Is.EqualTo(100 * ThreeHundredMilliseconds).Within(0.5 * stopped.Spent.Cost));
        Assert.That(stopped["Free"].State, Is.EqualTo(StageState.Ran));
    }

    [Test]
    public async Task A_limit_that_is_not_reached_changes_nothing()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(RunOptions.Default with { Limit = new(1, 1) }, Train(2, perHour: 1));
        Assert.That((summary.Result, summary.IsLimitReached), Is.EqualTo((RunResult.Done, false)));
    }

    [Test]
    public async Task What_is_free_may_run_when_nothing_may_be_spent()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(RunOptions.Default with { Limit = new(null, 0) }, Train(2));
        Assert.That((summary.Result, summary.IsLimitReached), Is.EqualTo((RunResult.Done, false)));
    }

    [Test]
    public async Task Stages_side_by_side_in_one_process_share_a_machine_that_is_paid_once()
    {
        using var checkout = new Checkout();
        var both = new Barrier(2);
        TestAction Stage(string name, double rate) => new(name, run => { })
        {
            Needs = new() { HourlyRate = rate },
            Async = async (run, cancellation) =>
            {
                await Task.Run(() => both.SignalAndWait(cancellation), cancellation);
                await Task.Delay(300, cancellation);
                await File.WriteAllTextAsync(run.Output("out.txt"), name, cancellation);
            },
        };
        var spent = (await checkout.Run(Stage("Dear", 100), Stage("Cheap", 40))).Spent;
        Assert.That(spent.Cost, Is.InRange(100 * ThreeHundredMilliseconds, 60 * spent.Hours), "at 100 dollars per hour of both together, which are half the hours");
    }

    [Test]
    public async Task What_was_recorded_counts_for_more_than_the_table_and_by_the_steps_of_a_training()
    {
        using var checkout = new Checkout();
        Plan Plan(int steps) => Engine(checkout, Train(steps)).Plan(["Train"], Force.None);
        Assert.That(Plan(5)["Train"].Expected, Is.EqualTo(new Expectation("1x A100", 2, new Estimate(10, 20), IsRecorded: false)));
        Assert.That((Plan(5).Hours, Plan(5).Cost, Plan(5).CostBetween), Is.EqualTo((15.0, 30.0, new Estimate(20, 40))));
        var record = (await Engine(checkout, Train(5)).Start(["Train"], RunOptions.Default, new SilentObserver()).Finished)["Train"].Record!;
        var expected = Plan(10)["Train"].Expected!;
        Assert.That((expected.IsRecorded, expected.Hours.Middle), Is.EqualTo((true, 2 * record.Hours)));
        Assert.That(Plan(5).Saved, Is.EqualTo(new Spent(record.Hours, record.Cost)));
        Assert.That((record.Cost, record.ExpectedHours, record.ExpectedCost), Is.EqualTo((2 * record.Hours, new Estimate(10, 20), new Estimate(20, 40))));
    }

    private static Engine Engine(Checkout checkout, Stage stage) =>
        new(new StageGraph([stage]), checkout.Options with { Price = _ => new StagePrice("1x A100", 2, new Estimate(10, 20)) });

    private sealed record Length
    {
        public int Steps { get; init; } = 1;
    }
}
