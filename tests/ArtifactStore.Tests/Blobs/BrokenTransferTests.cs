using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class BrokenTransferTests : ContainerTests
{
    private const int BlockBytes = 16 << 20, Blocks = 5;

    private static readonly BlobStoreSettings OneByOne = new() { Parallelism = 1, Attempts = 1 };

    private EntrySet Large(LocalStore machine) => Container.Publish(machine, ("model.bin", Content.Of(0, Blocks * BlockBytes)));

    /// <summary>A connection that breaks at its Nth request of a kind, and stays broken.</summary>
    private static RequestLog BreakingAt(int count, Func<HttpRequestMessage, bool> matches)
    {
        var seen = 0;
        return new RequestLog(request =>
        {
            if (seen >= count || (matches(request) && ++seen >= count))
                throw new HttpRequestException("broken");
        });
    }

    [Test]
    public async Task A_push_that_broke_goes_on_where_it_was()
    {
        var here = Container.Machine("here");
        var set = Large(here);
        using var breaking = BreakingAt(4, request => request.RequestUri!.Query.Contains("comp=block&"));
        Assert.That(() => Container.Open(settings: OneByOne, http: breaking).PushAsync(set, here, null, default), Throws.TypeOf<SharedStoreException>());
        Assert.That(await Container.ListAsync("sets"), Is.Empty);

        using var log = new RequestLog();
        await Container.Open(http: log).PushAsync(set, here, null, default);
        Assert.That(log.Count("PUT", "objects", "comp=block&"), Is.EqualTo(2), "three of five had arrived");
        Assert.That(await Container.Open().PullAsync(set, Container.Machine("there"), null, default));
    }

    [Test]
    public async Task A_pull_that_broke_goes_on_where_it_was()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Large(here);
        await Container.Open().PushAsync(set, here, null, default);
        static bool IsBlock(HttpRequestMessage request) =>
            request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("objects") && !request.RequestUri.Query.Contains("blocklist");
        using var breaking = BreakingAt(4, IsBlock);
        Assert.That(() => Container.Open(settings: OneByOne, http: breaking).PullAsync(set, there, null, default), Throws.TypeOf<SharedStoreException>());
        Assert.That(there.CanRestore(set), Is.False);

        using var log = new RequestLog();
        Assert.That(await Container.Open(http: log).PullAsync(set, Container.Machine("there"), null, default));
        Assert.That(log.Count("GET", "objects") - log.Count("GET", "objects", "blocklist"), Is.EqualTo(2), "three of five had arrived");
        Assert.That(there.TryRestore(set));
    }

    [Test]
    public async Task What_an_earlier_process_left_damaged_is_fetched_again()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Large(here);
        await Container.Open().PushAsync(set, here, null, default);
        Directory.CreateDirectory(Path.GetDirectoryName(there.IncomingPath(set.Entries[0].Hash))!);
        File.WriteAllBytes(there.IncomingPath(set.Entries[0].Hash), new byte[Blocks * BlockBytes]);
        File.WriteAllBytes(there.IncomingPath(set.Entries[0].Hash) + ".blocks", [1, 0, 1]);
        Assert.That(await Container.Open().PullAsync(set, there, null, default) && there.TryRestore(set));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(there.IncomingPath(set.Hash))!), Is.Empty);
    }

    [Test]
    public async Task Two_processes_that_want_one_object_fetch_it_once()
    {
        var here = Container.Machine("here");
        var set = Large(here);
        await Container.Open().PushAsync(set, here, null, default);
        using var log = new RequestLog();
        var store = Container.Open(http: log);
        var pulls = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => store.PullAsync(set, Container.Machine("there"), null, default)));
        Assert.That(pulls, Is.All.True);
        Assert.That(log.Count("GET", "objects"), Is.EqualTo(Blocks + 1));
    }

    [TestCase("packs", "Pack")]
    [TestCase("objects", "Object")]
    [TestCase("sets", "Set")]
    public async Task A_blob_that_is_missing_is_told_and_sent_again_by_the_next_push(string folder, string kind)
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Container.Publish(here, ("model.bin", Content.Of(0, 5_000_000)), ("a", Content.Of(1, 200_000)));
        await Container.Open().PushAsync(set, here, null, default);
        await Container.Client.DeleteBlobAsync((await Container.ListAsync(folder)).Single().Name);
        Assert.That(await Container.Open().PullAsync(set, there, null, default), Is.False);
        Assert.That(Container.Told.Single(), Does.Match($"{kind} [0-9a-f]{{12}} is missing"));
        await Container.Open().PushAsync(set, here, null, default);
        Assert.That(await Container.Open().PullAsync(set, there, null, default) && there.TryRestore(set));
    }

    [TestCase("packs")]
    [TestCase("objects")]
    [TestCase("sets")]
    public async Task A_blob_that_is_damaged_is_told_never_used_and_replaced_by_who_found_it(string folder)
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Container.Publish(here, ("model.bin", Content.Of(0, 5_000_000)), ("b/a", Content.Of(1, 200_000)));
        await Container.Open().PushAsync(set, here, null, default);
        await Container.DamageAsync(folder);
        var store = Container.Open();
        Assert.That(await store.PullAsync(set, there, null, default), Is.False);
        Assert.That(there.CanRestore(set), Is.False);
        Assert.That(Container.Told, Has.Count.EqualTo(1));
        await store.PushAsync(set, here, null, default);
        Assert.That(await Container.Open().PullAsync(set, there, null, default) && there.TryRestore(set));
    }

    [Test]
    public async Task What_is_damaged_on_this_machine_is_not_sent()
    {
        var here = Container.Machine("here");
        var set = Container.Publish(here, ("model.bin", Content.Of(0, 5_000_000)), ("a", Content.Of(1, 200_000)));
        foreach (var entry in set.Entries)
        {
            var path = here.Objects.PathOf(entry.Hash);
            var content = File.ReadAllBytes(path);
            File.Delete(path);
            File.WriteAllBytes(path, [.. content[1..], 0]);
            Assert.That(() => Container.Open().PushAsync(set, here, null, default), Throws.TypeOf<StorageException>().With.Message.Contains(path));
            File.WriteAllBytes(path, content);
        }
        Assert.That(await Container.ListAsync("sets"), Is.Empty);
    }
}
