using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class SharedRecordTests : ContainerTests
{
    private static readonly ContentHash Key = ContentHash.Of("key"u8);
    private static readonly EntrySet Nothing = new([]);

    private async Task<IDictionary<string, string>> MetadataAsync() => (await Container.ListAsync("records")).Single().Metadata;

    private async Task CondemnAsync()
    {
        var name = (await Container.ListAsync("records")).Single().Name;
        var metadata = new Dictionary<string, string>(await MetadataAsync()) { ["condemned"] = "2026-01-01T00:00:00Z" };
        await Container.Client.GetBlobClient(name).SetMetadataAsync(metadata);
    }

    [Test]
    public async Task A_key_that_nobody_has_computed_has_no_record() =>
        Assert.That(await Container.Open().FindRecordAsync(Key, default), Is.Null);

    [Test]
    public async Task One_request_decides()
    {
        await Container.Open().AddRecordAsync(Key, Nothing, "one"u8.ToArray(), default);
        using var log = new RequestLog();
        var store = Container.Open(http: log);
        Assert.That(await store.FindRecordAsync(Key, default), Is.EqualTo("one"u8.ToArray()));
        Assert.That(await store.FindRecordAsync(ContentHash.Of("other"u8), default), Is.Null);
        Assert.That(log.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_first_record_of_a_key_counts_for_everybody()
    {
        Assert.That(await Container.Open().AddRecordAsync(Key, Nothing, "one"u8.ToArray(), default), Is.EqualTo("one"u8.ToArray()));
        Assert.That(await Container.Open().AddRecordAsync(Key, Nothing, "two"u8.ToArray(), default), Is.EqualTo("one"u8.ToArray()));
        Assert.That(await Container.Open().FindRecordAsync(Key, default), Is.EqualTo("one"u8.ToArray()));
        Assert.That((await MetadataAsync())["set"], Is.EqualTo(Nothing.Hash.ToString()));
    }

    [Test]
    public async Task Of_many_machines_that_add_a_record_at_once_one_wins()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(machine =>
            Container.Open().AddRecordAsync(Key, Nothing, new[] { (byte)machine }, default)));
        Assert.That(added.Select(document => document[0]).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_damaged_record_counts_as_missing_is_told_and_can_be_replaced()
    {
        var store = Container.Open();
        await store.AddRecordAsync(Key, Nothing, "one"u8.ToArray(), default);
        await Container.DamageAsync("records");
        Assert.That(await store.FindRecordAsync(Key, default), Is.Null);
        Assert.That(Container.Told, Has.Exactly(1).Contains($"Record {Key.Short} is damaged"));
        Assert.That(await Container.Open().AddRecordAsync(Key, Nothing, "two"u8.ToArray(), default), Is.EqualTo("two"u8.ToArray()));
        Assert.That(Container.Told, Has.Exactly(1).Contains("was replaced"));
        Assert.That(await store.FindRecordAsync(Key, default), Is.EqualTo("two"u8.ToArray()));
    }

    [Test]
    public async Task A_record_is_replaced_when_its_outputs_have_turned_out_to_be_gone()
    {
        var (here, there) = (Container.Machine("here"), Container.Machine("there"));
        var (lost, again) = (Container.Publish(here, ("a", "lost"u8.ToArray())), Container.Publish(here, ("a", "again"u8.ToArray())));
        await Container.Open().PushAsync(lost, here, null, default);
        await Container.Open().AddRecordAsync(Key, lost, "lost"u8.ToArray(), default);
        await Container.Client.DeleteBlobAsync((await Container.ListAsync("packs")).Single().Name);
        var store = Container.Open();
        Assert.That(await store.PullAsync(lost, there, null, default), Is.False);
        await store.PushAsync(again, here, null, default);
        Assert.That(await store.AddRecordAsync(Key, again, "again"u8.ToArray(), default), Is.EqualTo("again"u8.ToArray()));
        Assert.That((await MetadataAsync())["set"], Is.EqualTo(again.Hash.ToString()));
    }

    [Test]
    public async Task Whoever_finds_a_condemned_record_and_may_write_saves_it()
    {
        await Container.Open().AddRecordAsync(Key, Nothing, "one"u8.ToArray(), default);
        await CondemnAsync();
        Assert.That(await Container.Open().FindRecordAsync(Key, default), Is.EqualTo("one"u8.ToArray()));
        Assert.That(await MetadataAsync(), Is.EqualTo(new Dictionary<string, string> { ["set"] = Nothing.Hash.ToString() }));
    }

    [Test]
    public async Task A_reader_leaves_a_condemned_record_as_it_is()
    {
        await Container.Open().AddRecordAsync(Key, Nothing, "one"u8.ToArray(), default);
        await CondemnAsync();
        Assert.That(await Container.Open(readOnly: true).FindRecordAsync(Key, default), Is.EqualTo("one"u8.ToArray()));
        Assert.That(await MetadataAsync(), Contains.Key("condemned"));
    }

    [Test]
    public async Task A_record_of_unreasonable_size_is_not_read()
    {
        await Container.Client.GetBlobClient($"v1/records/{Key}").UploadAsync(new BinaryData(new byte[40 << 20]), new BlobUploadOptions());
        Assert.That(await Container.Open().FindRecordAsync(Key, default), Is.Null);
        Assert.That(Container.Told.Single(), Does.Contain("41943040 bytes, 33554432 are allowed"));
    }
}
