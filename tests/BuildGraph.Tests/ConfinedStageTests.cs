using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What a licence keeps here never reaches the shared store, nor does what holds its content; what was learnt from it does.</summary>
public sealed class ConfinedStageTests
{
    private const string Licence = "the licence of jvs_ver1.zip (no redistribution)";

    private static Stage[] Stages =>
    [
        new TestAction("Fetch", run => File.WriteAllText(run.Output("out.txt"), "speech")) { Licence = Licence },
        Make.Upper("Segments", Make.From("Fetch")),
        new TestTraining("Train", async (run, cancellation) =>
            await File.WriteAllTextAsync(run.Output("weights.txt"), $"{File.ReadAllText(run.Input("in")).Length}", cancellation)) { In = [Make.From("Segments")] },
        new TestGate("Gate", new StageInput.Output("in", "Train", "weights.txt"), found => found == "6"),
        Make.Upper("Samples", Make.From("Segments")),
        new TestAction("Page", run => File.WriteAllText(run.Output("out.txt"), run.Input("in")[..1]))
        {
            In = [new StageInput.Output("in", "Train", "weights.txt"), Make.From("Samples", "samples")],
        },
    ];

    private static readonly StageId[] Targets = ["Page", "Gate"];

    private static Task<RunSummary> Build(Checkout checkout, RunOptions? options = null) =>
        checkout.Engine(Stages).Start(Targets, options ?? RunOptions.Default, checkout.Seen).Finished;

    private static void CopyLocks(Checkout from, Checkout to)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(from.Artifacts, "lock/smoke")))
            to.Write($"artifacts/lock/smoke/{Path.GetFileName(path)}", File.ReadAllText(path));
    }

    [Test]
    public void Content_is_confined_through_every_stage_that_hands_it_on()
    {
        var confined = new StageGraph(Stages).Confined;

        Assert.That(confined.All, Is.EquivalentTo(new StageId[] { "Fetch", "Segments", "Samples", "Page" }));
        Assert.That(confined.All.Select(confined.ReasonOf), Is.All.EqualTo(Licence));
    }

    [Test]
    public async Task Nothing_of_it_is_pushed_and_each_machine_makes_it_for_itself()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        var made = await Build(one.Checkout);
        var again = await Build(one.Checkout);
        var elsewhere = await Build(other.Checkout);

        Assert.That((made.Result, made.NotPushed, again.NotPushed), Is.EqualTo((RunResult.Done, 0, 0)));
        Assert.That(await cache.NamesAsync("records"), Has.Length.EqualTo(2), "Train and Gate");
        Assert.That(one.Checkout.Seen.Lines.Where(line => line.EndsWith($"{Licence} keeps it on the machine that made it: it is not pushed", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0]), Is.EquivalentTo(new[] { "Fetch", "Segments", "Samples", "Page" }), "told when it was made, once");
        Assert.That(elsewhere.Stages.Where(stage => stage.State == StageState.Ran).Select(stage => stage.Stage.Value),
            Is.EquivalentTo(new[] { "Fetch", "Segments", "Samples", "Page" }));
        Assert.That(elsewhere["Train"].State, Is.EqualTo(StageState.Restored), "which Page reads");
        Assert.That(await cache.NamesAsync("leases"), Has.None.Contains($"{made["Fetch"].Record!.Key}"[2..]));
    }

    [Test]
    public async Task Push_and_Pull_name_the_licence_and_move_the_rest()
    {
        using var cache = await SharedCache.CreateAsync();
        var checkout = new Checkout();
        await Build(checkout);
        var (one, other) = (cache.Connect(checkout), cache.Join());
        CopyLocks(checkout, other.Checkout);
        var pushed = await one.Checkout.Engine(Stages).PushAsync(one.Checkout.Seen);
        var pulled = await other.Checkout.Engine(Stages).PullAsync(other.Checkout.Seen);
        var here = await one.Checkout.Engine(Stages).PullAsync(one.Checkout.Seen);

        foreach (var summary in new[] { pushed, pulled })
        {
            Assert.That(summary.IsComplete);
            Assert.That(summary.Stages.Where(stage => stage.Result == TransferResult.Confined).Select(stage => (stage.Stage.Value, stage.Reason)),
                Is.EquivalentTo(new[] { "Fetch", "Segments", "Samples", "Page" }.Select(stage => (stage, $"{Licence} keeps it on the machine that made it"))));
            Assert.That(summary.Stages.Where(stage => stage.Result == TransferResult.Moved).Select(stage => stage.Stage.Value), Is.EquivalentTo(new[] { "Train", "Gate" }));
        }
        Assert.That(here.Stages.Select(stage => stage.Result), Is.All.EqualTo(TransferResult.AlreadyThere), "on the machine that made it");
        Assert.That(await cache.NamesAsync("records"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_frozen_build_elsewhere_names_the_licence()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        var made = await Build(one.Checkout);
        CopyLocks(one.Checkout, other.Checkout);
        var frozen = RunOptions.Default with { Frozen = true };

        Assert.That((await Build(one.Checkout, frozen)).Result, Is.EqualTo(RunResult.Done));
        var elsewhere = await Build(other.Checkout, frozen);
        Assert.That(elsewhere.Result, Is.EqualTo(RunResult.Failed));
        Assert.That(elsewhere["Fetch"].Reason, Is.EqualTo($"outputs of key {made["Fetch"].Record!.Key} are not here, and no cache may have them: "
            + $"{Licence} keeps it on the machine that made it. Build it here, without --frozen"));
    }
}
