using System.Collections.Concurrent;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class BlobStoreTests : ContainerTests
{
    private static (string, byte[])[] Files(int count, int bytes) =>
        [.. Enumerable.Range(0, count).Select(index => ($"features/{index % 7}/{index:0000}", Content.Of(index, bytes)))];

    [Test]
    public async Task What_one_machine_pushes_another_pulls_and_restores()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Container.Publish(here,
            ("model.bin", Content.Of(1, 20_000_000)), ("figures/a.svg", Content.Of(2, 100)), ("figures/b/c.svg", Content.Of(3, 5_000_000)),
            ("figures/empty", []), ("log.txt", "done"u8.ToArray()));
        await Container.Open().PushAsync(set, here, null, default);

        Assert.That(await Container.Open().PullAsync(set, there, null, default), Is.True);
        Assert.That(there.TryRestore(set) && there.IsInPlace(set));
        Assert.That(File.ReadAllBytes(Path.Combine(there.FolderOf(set), "figures/b/c.svg")), Is.EqualTo(Content.Of(3, 5_000_000)));
        Assert.That(Container.Told, Is.Empty);
    }

    [Test]
    public async Task Files_below_four_megabytes_travel_together_and_others_alone()
    {
        var here = Container.Machine("here");
        var set = Container.Publish(here, [("model.bin", Content.Of(0, 4 << 20)), ("copy.bin", Content.Of(0, 4 << 20)), .. Files(100, 1000)]);
        await Container.Open().PushAsync(set, here, null, default);
        Assert.That((await Container.ListAsync("packs")).Single().Properties.ContentLength, Is.EqualTo(100_000));
        Assert.That((await Container.ListAsync("objects")).Single().Properties.ContentLength, Is.EqualTo(4 << 20));
    }

    [Test]
    public async Task One_changed_file_of_many_sends_one_pack_again()
    {
        var here = Container.Machine("here");
        var files = Files(300, 100_000);
        await Container.Open().PushAsync(Container.Publish(here, files), here, null, default);
        var before = (await Container.ListAsync("packs")).Select(blob => blob.Name).ToArray();
        files[150] = (files[150].Item1, Content.Of(-1, 100_000));
        await Container.Open().PushAsync(Container.Publish(here, files), here, null, default);

        Assert.That(before, Has.Length.GreaterThan(2));
        Assert.That((await Container.ListAsync("packs")).Select(blob => blob.Name).Except(before), Has.Exactly(1).Items);
    }

    [Test]
    public async Task What_is_there_already_is_not_sent_again()
    {
        var here = Container.Machine("here");
        var set = Container.Publish(here, [("model.bin", Content.Of(0, 5_000_000)), .. Files(100, 10_000)]);
        await Container.Open().PushAsync(set, here, null, default);
        using var log = new RequestLog();
        await Container.Open(http: log).PushAsync(set, here, null, default);
        Assert.That((log.Count("PUT", "packs", "comp=metadata"), log.Count("PUT", "packs")), Is.EqualTo((1, 1)));
        Assert.That((log.Count("PUT", "objects", "comp=metadata"), log.Count("PUT", "objects")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_a_push_finds_there_counts_as_new()
    {
        var here = Container.Machine("here");
        var set = Container.Publish(here, [("model.bin", Content.Of(0, 5_000_000)), .. Files(100, 10_000)]);
        await Container.Open().PushAsync(set, here, null, default);
        var before = await Container.ListAsync("packs");
        await Task.Delay(1100);
        await Container.Open().PushAsync(set, here, null, default);
        Assert.That((await Container.ListAsync("packs"))[0].Properties.LastModified, Is.GreaterThan(before[0].Properties.LastModified!));
    }

    [Test]
    public async Task A_pull_asks_nothing_when_all_is_here_and_little_when_little_is_missing()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Container.Publish(here, Files(300, 20_000));
        await Container.Open().PushAsync(set, here, null, default);
        await Container.Open().PullAsync(set, there, null, default);
        using var log = new RequestLog();
        var store = Container.Open(http: log);
        Assert.That(await store.PullAsync(set, there, null, default));
        Assert.That(log.Requests, Is.Empty);

        File.Delete(there.Objects.PathOf(ContentHash.Of(Content.Of(70, 20_000))));
        Assert.That(await store.PullAsync(set, there, null, default));
        Assert.That((log.Count("GET", "sets"), log.Count("GET", "packs"), log.Requests.Count), Is.EqualTo((1, 1, 2)));
        Assert.That(there.TryRestore(set));
    }

    [Test]
    public async Task Progress_ends_with_everything_here_and_there()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Container.Publish(here, [("model.bin", Content.Of(0, 5_000_000)), ("copy.bin", Content.Of(0, 5_000_000)), .. Files(100, 10_000)]);
        var (sent, again, fetched) = (new Told(), new Told(), new Told());
        await Container.Open().PushAsync(set, here, sent, default);
        await Container.Open().PushAsync(set, here, again, default);
        await Container.Open().PullAsync(set, there, fetched, default);
        Assert.That(sent.Ends, Is.EqualTo(new[] { new TransferProgress(11_000_000, 11_000_000, 6_000_000) }), "equal files travel once");
        Assert.That(again.Ends, Is.EqualTo(new[] { new TransferProgress(11_000_000, 11_000_000, 0) }), "all was there");
        Assert.That(fetched.Ends, Is.EqualTo(new[] { new TransferProgress(11_000_000, 11_000_000, 6_000_000) }));
    }

    [Test]
    public async Task Objects_that_a_power_cut_left_short_are_brought_again()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var set = Container.Publish(here, [("model.bin", Content.Of(0, 5_000_000)), .. Files(100, 10_000)]);
        await Container.Open().PushAsync(set, here, null, default);
        foreach (var content in new[] { Content.Of(0, 5_000_000), Content.Of(70, 10_000) })
            there.Objects.Write(ContentHash.Of(content), content.AsSpan(0, 1000));

        Assert.That(await Container.Open().PullAsync(set, there, null, default));
        Assert.That(there.TryRestore(set));
    }

    [Test]
    public async Task Namespaces_do_not_see_each_other()
    {
        var key = ContentHash.Of("key"u8);
        await Container.Open(Container.Address("pr/17")).AddRecordAsync(key, new EntrySet([]), "ours"u8.ToArray(), default);
        Assert.That(await Container.Open().FindRecordAsync(key, default), Is.Null);
        Assert.That(await Container.Open(Container.Address("pr/17")).FindRecordAsync(key, default), Is.EqualTo("ours"u8.ToArray()));
    }

    [Test]
    public async Task A_set_without_files_travels()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        Directory.CreateDirectory(Container["private/quarantine"]);
        var set = here.Publish(Container["private"]);
        await Container.Open().PushAsync(set, here, null, default);
        Assert.That(await Container.Open().PullAsync(set, there, null, default) && there.TryRestore(set));
    }

    private sealed class Told : IProgress<TransferProgress>
    {
        private readonly ConcurrentQueue<TransferProgress> _told = [];

        public IEnumerable<TransferProgress> Ends => _told.Where(progress => progress.Bytes == progress.Total);

        public void Report(TransferProgress value) => _told.Enqueue(value);
    }
}
