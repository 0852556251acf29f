using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What stages take and cost: expected, recorded, limited.</summary>
public sealed class SpendingTests
{
    private const double ThreeHundredMilliseconds = 0.3 / 3600;

    /// <summary>Counts to a hundred thousand in its checkpoints until it is told to stop.</summary>
    private static TestTraining Train(int steps) => new("Train", async (run, cancellation) =>
    {
        var state = Path.Combine(run.Checkpoints, "step");
        for (var step = File.Exists(state) ? int.Parse(File.ReadAllText(state)) : 0; step < steps; step++)
        {
            await Task.Delay(20, cancellation);
            await File.WriteAllTextAsync(state, $"{step + 1}", CancellationToken.None);
        }
        await File.WriteAllTextAsync(run.Output("weights.txt"), "w", cancellation);
    })
    { With = new Length { Steps = steps }, StepsProperty = "settings.steps" };

    private static Func<Stage, StagePrice> Rates(params (StageId Stage, double Rate)[] rates) =>
        stage => StagePrice.Of(stage) with { Rate = rates.SingleOrDefault(rate => rate.Stage == stage.Id).Rate };

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
        using var checkout = new Checkout { Price = Rates(("Train", 100)) };
        var stopped = await checkout.Run(RunOptions.Default with { Limit = new(null, 100 * ThreeHundredMilliseconds) }, Train(500), Make.Source("Free", "x"));
        Assert.That((stopped.Result, stopped.IsLimitReached), Is.EqualTo((RunResult.Preempted, true)));
        Assert.That(stopped.Spent.Cost, Is.EqualTo(100 * ThreeHundredMilliseconds).Within(0.5 * stopped.Spent.Cost));
        Assert.That(stopped["Free"].State, Is.EqualTo(StageState.Ran));
    }

    [Test]
    public async Task A_limit_that_is_not_reached_changes_nothing()
    {
        using var checkout = new Checkout { Price = Rates(("Train", 1)) };
        var summary = await checkout.Run(RunOptions.Default with { Limit = new(1, 1) }, Train(2));
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
        using var checkout = new Checkout { Price = Rates(("Dear", 100), ("Cheap", 40)) };
        var both = new Barrier(2);
        TestAction Stage(string name) => new(name, run => { })
        {
            Async = async (run, cancellation) =>
            {
                await Task.Run(() => both.SignalAndWait(cancellation), cancellation);
                await Task.Delay(300, cancellation);
                await File.WriteAllTextAsync(run.Output("out.txt"), name, cancellation);
            },
        };
        var spent = (await checkout.Run(Stage("Dear"), Stage("Cheap"))).Spent;
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

    [Test]
    public async Task What_an_interrupted_run_has_done_is_not_expected_again()
    {
        using var checkout = new Checkout();
        await checkout.Run(RunOptions.Default with { Limit = new(ThreeHundredMilliseconds, null) }, Train(30));
        var left = Engine(checkout, Train(30)).Plan(["Train"], Force.None)["Train"].Expected!;
        Assert.That((left.Hours.Low, left.Hours.High), Is.EqualTo((10 - ThreeHundredMilliseconds, 20 - ThreeHundredMilliseconds)).Within(ThreeHundredMilliseconds));
        Assert.That(left.Hours.Low, Is.LessThan(10));
        Assert.That(Engine(checkout, Train(30)).Plan(["Train"], Force.Everything)["Train"].Expected!.Hours.Low, Is.EqualTo(10), "forced, it begins anew");
    }

    [Test]
    public async Task An_extended_training_is_expected_to_take_the_rest_and_records_all_of_its_steps()
    {
        using var checkout = new Checkout();
        var extending = RunOptions.Default with { Extend = true };
        var first = (await checkout.Run(Train(16)))["Train"].Record!;
        var planned = checkout.Engine(Train(20)).Plan(["Train"], extending)["Train"].Expected!;
        var run = await checkout.Run(extending, Train(20));
        Assert.That(planned.Hours.Middle, Is.EqualTo(first.Hours / 4).Within(1e-9));
        Assert.That(run["Train"].Record!.Hours, Is.GreaterThan(first.Hours).And.EqualTo(first.Hours + run.Spent.Hours).Within(0.5 * run.Spent.Hours));
        Assert.That(checkout.Engine(Train(40)).Plan(["Train"], Force.None)["Train"].Expected!.Hours.Middle, Is.EqualTo(2 * run["Train"].Record!.Hours).Within(1e-9));
    }

    [Test]
    public async Task A_few_items_do_not_tell_what_all_of_them_take()
    {
        using var checkout = new Checkout();
        for (var index = 0; index < 8; index++)
            checkout.Write($"raw/{index}.wav", $"{index}");
        static TestItems Items(int version) => new("Items", new StageInput.Files("audio", "raw", "*.wav"), item =>
        {
            Thread.Sleep(50);
            return item.Id;
        })
        { StageVersion = version, Parallelism = 1 };
        double Expected(int version) => checkout.Engine(Items(version)).Plan(["Items"], Force.None)["Items"].Hours!.Value;
        var all = (await checkout.Run(Items(1)))["Items"].Record!;
        checkout.Write("raw/8.wav", "8");
        var few = (await checkout.Run(Items(1)))["Items"].Record!;
        checkout.Write("raw/9.wav", "9");
        Assert.That(few.Hours, Is.LessThan(all.Hours));
        Assert.That((Expected(1), Expected(2)), Is.EqualTo((few.Hours, all.Hours)));
    }

    [Test]
    public async Task What_a_machine_without_a_GPU_took_is_not_expected_of_one_with_a_GPU()
    {
        using var checkout = new Checkout();
        static TestAction OnGpu(string text) => new("OnGpu", run => File.WriteAllText(run.Output("out.txt"), text))
        {
            With = new Content { Text = text }, Needs = new() { Gpus = 1 },
        };
        var record = (await checkout.Run(OnGpu("a")))["OnGpu"].Record!;
        var expected = Engine(checkout, OnGpu("b")).Plan(["OnGpu"], Force.None)["OnGpu"].Expected!;
        Assert.That(expected.IsRecorded, Is.EqualTo(record.Hardware.Gpu.Length > 0));
    }

    private static Engine Engine(Checkout checkout, Stage stage) =>
        new(new StageGraph([stage]), checkout.Options with { Price = _ => new StagePrice("1x A100", 2, new Estimate(10, 20)) });

    private sealed record Length
    {
        public int Steps { get; init; } = 1;
    }
}
