using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 10: more steps go on from a finished training only when that is asked for.</summary>
public sealed class Guarantee10ExtendTests
{
    private const string Lock = "artifacts/lock/smoke/Train.yaml";

    private static readonly RunOptions Extending = RunOptions.Default with { Extend = true };

    private static TestTraining Train(int steps, string text = "", string? deviation = null) => new("Train", (run, _) =>
    {
        var state = Path.Combine(run.Checkpoints, "step");
        var start = File.Exists(state) ? int.Parse(File.ReadAllText(state)) : 0;
        run.Metric("start", start);
        File.WriteAllText(state, $"{steps}");
        File.WriteAllText(run.Output("weights.txt"), $"{steps} steps");
        return Task.CompletedTask;
    })
    { With = new Settings { Steps = steps, Text = text }, StepsProperty = "settings.steps", OtherThanInOneGo = deviation };

    [Test]
    public async Task More_steps_begin_anew_unless_the_run_may_extend()
    {
        using var checkout = new Checkout();
        await checkout.Run(Train(10));
        Assert.That((await checkout.Run(Train(20)))["Train"].Record!.Metrics["start"], Is.Zero);
    }

    [Test]
    public async Task An_extended_run_goes_on_from_the_finished_checkpoint_and_says_so()
    {
        using var checkout = new Checkout();
        var first = await checkout.Run(Train(10));
        var planned = checkout.Engine(Train(20, deviation: "its rate falls")).Plan(["Train"], Extending)["Train"];
        var record = (await checkout.Run(Extending, Train(20, deviation: "its rate falls")))["Train"].Record!;
        var expected = $"extended from step 10 of key {first["Train"].Record!.Key.Short}, so not what as many steps in one go give: its rate falls";
        Assert.That((record.Metrics["start"], record.Extended, planned.Notes.Single()), Is.EqualTo((10.0, expected, expected)));
    }

    [Test]
    public async Task Fewer_steps_and_other_settings_are_no_extension()
    {
        using var checkout = new Checkout();
        await checkout.Run(Train(10));
        foreach (var other in new[] { Train(5), Train(20, "other") })
        {
            var record = (await checkout.Run(Extending, other))["Train"].Record!;
            Assert.That((record.Metrics["start"], record.Extended), Is.EqualTo((0.0, (string?)null)));
        }
    }

    [Test]
    public async Task A_training_of_another_machine_is_extended_where_the_lock_file_names_it()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other, stranger) = (cache.Join(), cache.Join(), cache.Join());
        var first = await one.Checkout.Run(Train(10));
        other.Checkout.Write(Lock, File.ReadAllText(Path.Combine(one.Checkout.Root, Lock)));

        var record = (await other.Checkout.Run(Extending, Train(20)))["Train"].Record!;
        var without = (await stranger.Checkout.Run(Extending, Train(30)))["Train"].Record!;

        Assert.That((record.Metrics["start"], record.Extended), Is.EqualTo((10.0, $"extended from step 10 of key {first["Train"].Record!.Key.Short}")));
        Assert.That((without.Metrics["start"], without.Extended), Is.EqualTo((0.0, (string?)null)));
    }

    [Test]
    public async Task A_run_that_finds_nothing_to_extend_says_so_in_plan_and_log()
    {
        using var checkout = new Checkout();
        const string Words = "nothing to extend: no finished run of it with fewer steps is here; it begins at its beginning";
        var planned = checkout.Engine(Train(20)).Plan(["Train"], Extending)["Train"].Notes.Single();
        await checkout.Engine(Train(20)).Start(["Train"], Extending, checkout.Seen).Finished;
        Assert.That(planned, Is.EqualTo(Words));
        Assert.That(checkout.Seen.Lines, Has.One.EqualTo($"Train: {Words}"));
    }

    [Test]
    public async Task What_was_begun_without_extending_goes_on_from_its_own_checkpoints_and_the_plan_says_the_same()
    {
        using var checkout = new Checkout();
        await checkout.Run(Train(10));
        var key = (await checkout.Run(Train(20)))["Train"].Record!.Key;
        File.Delete(checkout.RecordPath(key));
        var planned = checkout.Engine(Train(20)).Plan(["Train"], Extending)["Train"].Notes.Single();
        var record = (await checkout.Run(Extending, Train(20)))["Train"].Record!;
        Assert.That((planned, record.Metrics["start"], record.Extended), Is.EqualTo(("nothing to extend: it goes on from checkpoints of its own", 20.0, (string?)null)));
    }

    [Test]
    public async Task A_trial_does_not_cost_the_finished_run_its_checkpoints()
    {
        using var checkout = new Checkout();
        await checkout.Run(Train(10));
        await checkout.Run(RunOptions.Default with { IsTrial = true }, Train(10, "trial"));
        Assert.That((await checkout.Run(Extending, Train(20)))["Train"].Record!.Metrics["start"], Is.EqualTo(10));
    }

    private sealed record Settings
    {
        public int Steps { get; init; } = 1;

        public string Text { get; init; } = "";
    }
}
