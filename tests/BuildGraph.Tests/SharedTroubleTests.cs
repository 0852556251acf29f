using System.Text;
using Azure.Storage.Blobs.Specialized;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Other bytes under the same key, and content that the cache has lost: nothing wrong is used, what counts is told.</summary>
public sealed class SharedTroubleTests
{
    /// <summary>Writes what no key tells, as a GPU may.</summary>
    private static TestAction Moody(string content) => new("Moody", run => File.WriteAllText(run.Output("out.txt"), content));

    private static Stage[] WithMoody(string content) => [Moody(content), Make.Upper("Upper", Make.From("Moody"))];

    private static async Task DeleteAsync(SharedCache cache, string folder)
    {
        foreach (var name in await cache.NamesAsync(folder))
            await cache.Client.DeleteBlobAsync(name);
    }

    [Test]
    public async Task Of_two_results_under_one_key_the_first_in_the_cache_counts_everywhere()
    {
        using var cache = await SharedCache.CreateAsync();
        var checkout = new Checkout();
        await checkout.Build("Upper", WithMoody("late"));
        await cache.Join().Checkout.Build("Upper", WithMoody("first"));
        var late = cache.Connect(checkout);
        await late.Checkout.Build("Upper", WithMoody("late"));
        Assert.That(late.Checkout.Seen.Lines, Has.One.StartsWith($"Moody: {late.Store.Name} has other bytes under the same key"));
        var now = await late.Checkout.Build("Upper", WithMoody("late"));
        Assert.That(now.Output("Upper"), Is.EqualTo("FIRST"));
        Assert.That(Worker.Locks(checkout), Does.Contain(ContentHash.Of("first"u8).ToString()).And.Not.Contain(ContentHash.Of("late"u8).ToString()));
    }

    [Test]
    public async Task A_forced_run_gives_way_to_what_the_cache_has()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Upper", WithMoody("first"));
        var other = cache.Join();
        var forced = await other.Checkout.Engine(WithMoody("other"))
            .Start(["Upper"], RunOptions.Default with { Force = Force.Of("Moody") }, other.Checkout.Seen).Finished;
        Assert.That(forced.States(), Is.EqualTo(new[] { StageState.Ran, StageState.Restored }));
        Assert.That(forced.Output("Moody"), Is.EqualTo("first"));
        Assert.That(other.Checkout.Seen.Lines, Has.One.Contains("those were first and count"));
    }

    [TestCase("packs")]
    [TestCase("sets")]
    public async Task Content_that_the_cache_has_lost_is_made_again_and_mended(string folder)
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Last", new Chain().Stages);
        await DeleteAsync(cache, folder);
        var (other, chain) = (cache.Join(), new Chain());
        var made = await other.Checkout.Build("Last", chain.Stages);
        Assert.That(made.States(), Is.All.EqualTo(StageState.Ran), "each was needed in turn, and lost");
        Assert.That((made.Output("Last"), made.NotPushed), Is.EqualTo(("X.", 0)));
        Assert.That(other.Told, Is.Not.Empty);
        var third = await cache.Join().Checkout.Build("Last", new Chain().Stages);
        Assert.That(third.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Cached, StageState.Restored }));
    }

    [Test]
    public async Task A_record_that_is_lost_with_its_content_is_replaced_by_one_with_other_bytes()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Moody", Moody("first"));
        await DeleteAsync(cache, "packs");
        var second = await cache.Join().Checkout.Build("Moody", Moody("second"));
        Assert.That((second["Moody"].State, second.Output("Moody"), second.NotPushed), Is.EqualTo((StageState.Ran, "second", 0)));
        var third = await cache.Join().Checkout.Build("Moody", Moody("third"));
        Assert.That((third["Moody"].State, third.Output("Moody")), Is.EqualTo((StageState.Restored, "second")));
    }

    [Test]
    public async Task Work_done_offline_takes_the_place_of_what_the_cache_has_lost()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Moody", Moody("first"));
        await DeleteAsync(cache, "packs");
        var checkout = new Checkout();
        await checkout.Build("Moody", Moody("offline"));
        var summary = await cache.Connect(checkout).Checkout.Build("Moody", Moody("offline"));
        Assert.That((summary["Moody"].State, summary.NotPushed), Is.EqualTo((StageState.Fresh, 0)));
        Assert.That((await cache.Join().Checkout.Build("Moody", Moody("third"))).Output("Moody"), Is.EqualTo("offline"));
    }

    [Test]
    public async Task Outputs_out_of_reach_are_made_again_and_what_is_known_of_them_stays()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Last", new Chain().Stages);
        var other = cache.Join();
        await other.Checkout.Build("Last", new Chain().Stages);
        other.Requests.Before = _ => throw new HttpRequestException("no network");
        var offline = await other.Checkout.Build("Last", new Chain("b").Stages);
        Assert.That(offline.States(), Is.All.EqualTo(StageState.Ran));
        Assert.That(other.Checkout.Seen.Lines, Has.Some.EqualTo(
            $"Upper: its recorded outputs are in {other.Store.Name}, which cannot be asked: the stage runs again"));
        other.Requests.Before = _ => Task.CompletedTask;
        other.Requests.Forget();
        Assert.That((await other.Checkout.Build("Last", new Chain("b").Stages)).NotPushed, Is.Zero);
        Assert.That(other.Requests.Seen.Count(request => request == "GET records"), Is.EqualTo(1), "only the last was not known to be there");
    }

    [Test]
    public void Content_that_does_not_arrive_is_shown_no_longer()
    {
        var seen = new Transcript();
        using (var arrives = new ObserverTurn(seen).Transfer("A", TransferDirection.Upload))
            arrives.Report(new TransferProgress(2, 2, 2));
        using (var breaks = new ObserverTurn(seen).Transfer("B", TransferDirection.Download))
            breaks.Report(new TransferProgress(1, 2, 1));
        Assert.That(seen.Lines, Is.EqualTo(new[] { "A upload 2/2", "B download 1/2", "B download 0/0" }));
    }

    [Test]
    public async Task A_record_that_does_not_fit_its_key_counts_as_none()
    {
        using var cache = await SharedCache.CreateAsync();
        var made = await cache.Join().Checkout.Build("Moody", Moody("first"));
        var (name, record) = ((await cache.NamesAsync("records")).Single(), made["Moody"].Record!);
        foreach (var poison in new[]
        {
            record with { Outputs = [record.Outputs[0] with { Name = "../../../escaped" }] },
            record with { Manifest = [new ManifestEntry("kind", "action")] },
            record with { Stage = "Other" },
            record with { Outputs = [record.Outputs[0] with { Bytes = -1 }] },
            record with { Manifest = [.. record.Manifest, .. Enumerable.Repeat(new ManifestEntry("settings.text", "default", IsDefault: true), 2)] },
            record with { Metrics = new Dictionary<string, double> { ["no number"] = double.NaN } },
        })
        {
            await PlantAsync(cache, name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(RecordDocument.Write(poison)).Replace("\"NaN\"", "null")));
            var other = cache.Join(readOnly: true);
            var summary = await other.Checkout.Build("Moody", Moody("own"));
            Assert.That((summary["Moody"].State, summary.Output("Moody")), Is.EqualTo((StageState.Ran, "own")));
            Assert.That(other.Told.Single(), Does.Contain($"Record {record.Key.Short} cannot be used"));
        }
    }

    [Test]
    public async Task A_record_that_does_not_fit_its_key_is_replaced_by_the_next_that_may_write()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Moody", Moody("first"));
        await PlantAsync(cache, (await cache.NamesAsync("records")).Single(), "{}"u8.ToArray());
        var second = cache.Join();
        var made = await second.Checkout.Build("Moody", Moody("second"));
        Assert.That((made["Moody"].State, made.NotPushed), Is.EqualTo((StageState.Ran, 0)));
        Assert.That(second.Told.Select(line => line[line.IndexOf("Record", StringComparison.Ordinal)..].Split(' ')[2..4]),
            Is.EqualTo(new[] { new[] { "cannot", "be" }, ["was", "replaced:"] }), "told when it was found, and when it was replaced");
        var third = cache.Join();
        Assert.That((await third.Checkout.Build("Moody", Moody("third"))).Output("Moody"), Is.EqualTo("second"));
        Assert.That(third.Told, Is.Empty);
    }

    /// <summary>Puts a document with a valid seal in the place of a record.</summary>
    private static Task PlantAsync(SharedCache cache, string name, byte[] document)
    {
        var body = Encoding.ASCII.GetBytes($"{ContentHash.Of(document)}\n").Concat(document).ToArray();
        return cache.Client.GetBlockBlobClient(name).UploadAsync(new MemoryStream(body));
    }

    [Test]
    public async Task A_restoration_that_was_interrupted_is_finished_by_the_next_run()
    {
        using var cache = await SharedCache.CreateAsync();
        static TestAction Many() => new("Many", run =>
        {
            Directory.CreateDirectory(run.Output("out"));
            for (var file = 0; file < 3; file++)
                File.WriteAllBytes(Path.Combine(run.Output("out"), $"{file}"), [.. Enumerable.Range(0, 5_000_000).Select(at => (byte)(at * (file + 3) >> 7))]);
        })
        { Out = ["out"] };
        await cache.Join().Checkout.Build("Many", Many());
        var other = cache.Join();
        using var stop = new CancellationTokenSource();
        other.Requests.Before = words =>
        {
            if (other.Requests.Seen.Count(request => request == "GET objects") > 1)
                stop.Cancel();
            return Task.CompletedTask;
        };
        var broken = await other.Checkout.Engine(Many()).Start(["Many"], RunOptions.Default, new SilentObserver(), stop.Token).Finished;
        Assert.That((broken.Result, broken["Many"].State), Is.EqualTo((RunResult.Preempted, StageState.Interrupted)));
        other.Requests.Before = _ => Task.CompletedTask;
        Assert.That((await other.Checkout.Build("Many", Many()))["Many"].State, Is.EqualTo(StageState.Restored));
    }
}
