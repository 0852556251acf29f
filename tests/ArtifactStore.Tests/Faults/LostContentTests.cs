using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Blobs that are gone or have rotted within an otherwise complete entry.</summary>
public sealed class LostContentTests
{
    private static EntrySet Set => ArtifactTree.Edition(1);

    [Test]
    public async Task A_missing_blob_is_told_and_the_machine_that_missed_it_brings_it_back(
        [Values("packs", "objects", "sets")] string folder, [Values] bool isOnlyDamaged)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var (store, there) = (shared.Open(), shared.NewMachine());
        await shared.Open().PushAsync(Set, ArtifactTree.Original, null, default);
        var name = await Spoil(shared, folder, isOnlyDamaged);

        Assert.That(await store.PullAsync(Set, there, null, default), Is.False);
        Assert.That(shared.Heard.Single(), Does.Contain(name[^64..][..12]), "the blob is named");

        // The stage runs on that machine, and its result is pushed.
        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        var third = shared.NewMachine();
        Assert.That(await shared.Open().PullAsync(Set, third, null, default));
        ArtifactTree.RequireSame(third, Set);
    }

    [Test]
    public async Task Only_what_was_lost_is_sent_again()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var store = shared.Open();
        await shared.Open().PushAsync(Set, ArtifactTree.Original, null, default);
        await Spoil(shared, "packs", isOnlyDamaged: false);
        await store.PullAsync(Set, shared.NewMachine(), null, default);
        shared.Proxy.Forget();

        await store.PushAsync(Set, ArtifactTree.Original, null, default);

        Assert.That(shared.Proxy.Requests.Where(request => request.Kind == "PUT block objects"), Is.Empty, "the weights were not lost");
    }

    /// <returns>The blob's name.</returns>
    private static async Task<string> Spoil(FaultyContainer shared, string folder, bool isOnlyDamaged)
    {
        BlobItem? found = null;
        await foreach (var blob in shared.Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"v1/{folder}/", default))
            found = blob;
        var client = shared.Container.GetBlobClient(found!.Name);
        if (!isOnlyDamaged)
            await client.DeleteAsync();
        else
        {
            var bytes = (await client.DownloadContentAsync()).Value.Content.ToArray();
            bytes[bytes.Length / 2] ^= 1;
            await client.UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        }
        return found.Name;
    }
}
