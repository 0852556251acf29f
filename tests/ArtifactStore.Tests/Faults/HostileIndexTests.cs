using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Indices, packs and records that say what is not so, with every seal valid.</summary>
public sealed class HostileIndexTests
{
    private const string Hash = "{hash}";

    private static readonly StoredObject Owned = new(Attacker.ContentHash, Attacker.Content.Length);

    [TestCase(Hash + " -6 a\n", 6, "is not a hash, a size and a path")]
    [TestCase(Hash + " 18446744073709551622 a\n", 6, "is not a hash, a size and a path")]
    [TestCase(Hash + " 9223372036854775807 a\n" + Hash + " 9223372036854775807 b\n", 12, "more than any device holds")]
    [TestCase(Hash + " 6 a\n" + Hash + " 7 b\n", 13, "contradicts its hash")]
    [TestCase(Hash + " 0 a\n", 0, "contradicts its hash")]
    [TestCase(Hash + " 5 a\n", 6, "announced")]
    [TestCase(Hash + " 6 a", 6, "unfinished line")]
    [TestCase("not a line\n", 6, "is not a hash, a size and a path")]
    public async Task A_size_that_lies_is_refused_with_the_reason(string lines, long announced, string reason)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var set = await new Attacker(shared).PlantTreeAsync(lines.Replace(Hash, Attacker.ContentHash.ToString()), lines.Split('\n').Length - 1, announced);

        await RequireRefusal(shared, set, reason);
    }

    [Test]
    public async Task A_size_that_lies_everywhere_alike_is_found_out_by_the_blob([Values(1, 5, 7, 1_000_000)] int size)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var pack = await attacker.PlantPackAsync();
        var set = new EntrySet([new StoredEntry("file", EntryKind.File, Attacker.ContentHash, size, 1)]);
        await attacker.PlantAsync(new SetIndex(set, [], [], [pack with { Bytes = size }], []));

        await RequireRefusal(shared, set, "is damaged|is shorter than it should be");
    }

    [Test]
    public async Task A_large_object_that_is_smaller_or_larger_than_announced_is_refused([Values(5_000_000, 500_000_000_000)] long size)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var set = new EntrySet([new StoredEntry("file", EntryKind.File, Attacker.ContentHash, size, 1)]);
        await attacker.PutAsync(BlobKind.Object, Attacker.ContentHash, Attacker.Content);
        await attacker.PlantAsync(new SetIndex(set, [], [], [], [new StoredObject(Attacker.ContentHash, size)]));

        await RequireRefusal(shared, set, "does not have the blocks and the size");
    }

    [Test]
    public async Task An_index_that_points_into_another_pack_is_refused()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var other = Pack.Of([Owned, Owned], 0, 2);
        await attacker.PutAsync(BlobKind.Pack, other.Id, [.. Attacker.Content, .. Attacker.Content]);
        var set = await attacker.PlantEntriesAsync("file");
        await attacker.PlantAsync(new SetIndex(set, [], [], [new PackLine(other.Id, 6, 1)], []));

        await RequireRefusal(shared, set, $"pack {other.Id.Short} does not hold the objects that it should hold");
    }

    [Test]
    public async Task A_pack_with_other_content_is_refused()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var set = await attacker.PlantEntriesAsync("file");
        var pack = await attacker.PlantPackAsync("Pwned."u8.ToArray());

        await RequireRefusal(shared, set, $"Pack {pack.Id.Short} is damaged");
    }

    [Test]
    public async Task The_index_of_another_set_is_refused()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var (wanted, other) = (await attacker.PlantEntriesAsync("wanted"), await attacker.PlantEntriesAsync("other"));
        await attacker.PlantAsync(new SetIndex(other, [], [], [await attacker.PlantPackAsync()], []), wanted.Hash);

        await RequireRefusal(shared, wanted, "it is the index of another set");
    }

    [Test]
    public async Task An_index_with_more_or_fewer_contents_than_the_set_has_is_refused()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var set = await attacker.PlantEntriesAsync("file");
        var pack = await attacker.PlantPackAsync();

        await attacker.PlantAsync(new SetIndex(set, [], [], [pack, pack], []));
        await RequireRefusal(shared, set, "more objects than the set has");
        await attacker.PlantAsync(new SetIndex(set, [], [], [], []));
        await RequireRefusal(shared, set, "do not hold all objects");
        await attacker.PlantAsync(new SetIndex(set, [], [], [pack], [new StoredObject(ContentHash.Of("x"u8), 1)]));
        await RequireRefusal(shared, set, "objects that the set does not have");
    }

    [Test]
    public async Task Manifests_that_the_set_does_not_have_are_not_fetched()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var (attacker, there) = (new Attacker(shared), shared.NewMachine());
        var set = await attacker.PlantEntriesAsync("file");
        var junk = ContentHash.Of("junk"u8);
        await attacker.PlantAsync(new SetIndex(set, [], [new StoredObject(junk, 1 << 20)], [await attacker.PlantPackAsync()], []));

        await shared.Open().PullAsync(set, there, null, default);

        Assert.That(shared.Proxy.Requests.Where(request => request.Path.Contains(junk.ToString())), Is.Empty);
    }

    [Test]
    public async Task A_record_that_is_too_large_or_not_sealed_counts_as_absent()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var patient = FaultyContainer.Quick with { Stall = TimeSpan.FromSeconds(30) };
        var (attacker, store, key) = (new Attacker(shared), shared.Open(settings: patient), Attacker.ContentHash);

        foreach (var body in new byte[][] { [], "{}"u8.ToArray(), [.. SealedText.Seal("{}"u8), 32], SealedText.Seal(new byte[33 << 20]) })
        {
            await attacker.PutAsync(BlobKind.Record, key, body);
            Assert.That(await store.FindRecordAsync(key, default), Is.Null);
        }

        Assert.That(shared.Heard, Has.Count.EqualTo(4).And.All.Contains($"Record {key.Short} is damaged"));
    }

    private static async Task RequireRefusal(FaultyContainer shared, EntrySet set, string reason)
    {
        var there = shared.NewMachine();

        Assert.That(await shared.Open().PullAsync(set, there, null, default), Is.False);

        Assert.That(shared.Heard[^1], Does.Contain(set.Hash.Short).And.Match(reason));
        Assert.That(there.TryRestore(set), Is.False);
    }
}
