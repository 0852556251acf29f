using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What a power cut leaves of a restoration, or a failing device of the store: names without their content.</summary>
public sealed class DamagedHereTests
{
    private const int Files = 20;

    private static TestAction Many() => new("Many", run =>
    {
        Directory.CreateDirectory(run.Output("out"));
        for (var file = 0; file < Files; file++)
            File.WriteAllText(Path.Combine(run.Output("out"), $"{file}"), $"content {file}");
    })
    { Out = ["out"] };

    /// <summary>One object is gone, of the others the names are left.</summary>
    private static void Damage(Checkout checkout)
    {
        checkout.DeleteEntries();
        var objects = Directory.GetFiles(Path.Combine(checkout.Store, "objects"), "*", SearchOption.AllDirectories);
        Assert.That(objects, Has.Length.GreaterThanOrEqualTo(Files));
        foreach (var path in objects)
            File.Delete(path);
        foreach (var path in objects[1..])
            File.WriteAllBytes(path, []);
    }

    private static async Task<Machine> RestoredAsync(SharedCache cache)
    {
        await cache.Join().Checkout.Build("Many", Many());
        var machine = cache.Join();
        Assert.That((await machine.Checkout.Build("Many", Many()))["Many"].State, Is.EqualTo(StageState.Restored));
        Damage(machine.Checkout);
        return machine;
    }

    [Test]
    public async Task Many_damaged_objects_are_brought_again_and_the_stage_does_not_run()
    {
        using var cache = await SharedCache.CreateAsync();
        var machine = await RestoredAsync(cache);
        var summary = await machine.Checkout.Build("Many", Many());
        Assert.That((summary["Many"].State, summary["Many"].Reason), Is.EqualTo((StageState.Restored, $"restored from {machine.Store.Name}")));
    }

    [Test]
    public async Task A_pull_brings_many_damaged_objects_again()
    {
        using var cache = await SharedCache.CreateAsync();
        var machine = await RestoredAsync(cache);
        var pulled = await machine.Checkout.Engine(Many()).PullAsync(machine.Checkout.Seen);
        Assert.That(pulled.Stages.Single(), Has.Property("Result").EqualTo(TransferResult.Moved).And.Property("Reason").Empty);
    }
}
