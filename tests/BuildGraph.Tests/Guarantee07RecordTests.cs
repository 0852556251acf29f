using System.Text.Json;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 7: one action record per key, the first writer wins.</summary>
public sealed class Guarantee07RecordTests
{
    private sealed record Settings
    {
        public int Seed { get; init; } = 7;
        public double Lr { get; init; } = 1e-4;
    }

    private static TestAction Random(List<string> log) =>
        new("Random", run => File.WriteAllText(run.Output("out.txt"), log.Count == 0 ? "first" : "second"));

    [Test]
    public async Task The_record_tells_what_ran_on_what_for_how_long_and_why()
    {
        using var checkout = new Checkout();
        checkout.Write(".git/HEAD", "ref: refs/heads/main\n");
        checkout.Write(".git/refs/heads/main", "0123456789abcdef0123456789abcdef01234567\n");
        var stage = new TestAction("Train", run =>
        {
            run.Metric("loss", 0.25);
            File.WriteAllText(run.Output("out.txt"), "w");
        })
        { With = new Settings { Lr = 2e-4 } };
        checkout.Price = _ => new StagePrice("", 1.5, null);
        var record = checkout.Record(await checkout.Run(stage), "Train");
        using var json = JsonDocument.Parse(File.ReadAllBytes(checkout.RecordPath(record.Key)));
        var root = json.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("key").GetString(), Is.EqualTo(record.Key.ToString()));
            Assert.That(root.GetProperty("metrics").GetProperty("loss").GetDouble(), Is.EqualTo(0.25));
            Assert.That(root.GetProperty("seeds").GetProperty("seed").GetString(), Is.EqualTo("7"));
            Assert.That(root.GetProperty("hardware").GetProperty("cores").GetInt32(), Is.EqualTo(Environment.ProcessorCount));
            Assert.That(root.GetProperty("hours").GetDouble(), Is.GreaterThan(0));
            Assert.That(root.GetProperty("cost").GetDouble(), Is.EqualTo(1.5 * record.Hours).Within(1e-12));
            Assert.That(root.GetProperty("revision").GetString(), Is.EqualTo("0123456789abcdef0123456789abcdef01234567"));
            Assert.That(root.GetProperty("missReason").GetString(), Is.EqualTo("nothing is recorded of it"));
            Assert.That(root.GetProperty("outputs")[0].GetProperty("hash").GetString(),
                Is.EqualTo("50e721e49c013f00c62cf59f2163542a9d8df02464efeb615d31051b0fddc326"), "sha256 of w");
            Assert.That(root.GetProperty("manifest").EnumerateArray().Select(entry => entry.GetProperty("what").GetString()),
                Does.Contain("settings.lr"));
        });
    }

    [Test]
    public async Task A_forced_rerun_never_replaces_recorded_bytes()
    {
        using var checkout = new Checkout();
        var log = new List<string>();
        var first = await checkout.Run(Random(log));
        log.Add("x");
        var observer = new Transcript();
        var engine = checkout.Engine(Random(log));
        var forced = await engine.Start(["Random"], RunOptions.Default with { Force = Force.Of("Random") }, observer).Finished;
        Assert.That(forced["Random"].State, Is.EqualTo(StageState.Ran));
        Assert.That(forced.Output("Random"), Is.EqualTo("first"));
        Assert.That(forced["Random"].Record!.Finished, Is.EqualTo(first["Random"].Record!.Finished));
        Assert.That(observer.Lines, Has.One.Contains("other bytes than before"));
    }

    [Test]
    public async Task A_record_whose_bytes_are_lost_makes_room_for_a_new_one()
    {
        using var checkout = new Checkout();
        var log = new List<string>();
        await checkout.Run(Random(log));
        Directory.Delete(Path.Combine(checkout.Store, "entries"), recursive: true);
        Directory.Delete(Path.Combine(checkout.Store, "objects"), recursive: true);
        log.Add("x");
        Assert.That(checkout.Plan([Random(log)])["Random"].Reason, Is.EqualTo("its recorded outputs are lost"));
        Assert.That((await checkout.Run(Random(log))).Output("Random"), Is.EqualTo("second"));
        Assert.That(checkout.Plan([Random(log)]).IsFresh);
    }

    [Test]
    public async Task A_damaged_record_counts_as_none()
    {
        using var checkout = new Checkout();
        var stage = Make.Source("A", "x");
        var record = checkout.Record(await checkout.Run(stage), "A");
        File.WriteAllText(checkout.RecordPath(record.Key), "{\"key\": \"ab");
        Assert.That((await checkout.Run(stage))["A"].State, Is.EqualTo(StageState.Ran));
        Assert.That(checkout.Plan([stage]).IsFresh);
    }
}
