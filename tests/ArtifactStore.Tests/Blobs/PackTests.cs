using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class PackTests
{
    private static StoredObject[] Objects(int seed, int count, int mostBytes)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(index => new StoredObject(HashOf(seed, index), 1 + random.Next(mostBytes)))];
    }

    private static ContentHash HashOf(int seed, int index) => ContentHash.Of([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(index)]);

    private static int Changed(StoredObject[] before, StoredObject[] after) =>
        Pack.Cut(after).Select(pack => pack.Id).Except(Pack.Cut(before).Select(pack => pack.Id)).Count();

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool Packs_hold_everything_in_order_and_none_is_too_long(int seed, bool areSmall)
    {
        var objects = Objects(seed, 3000, areSmall ? 20_000 : Pack.LargeFrom - 1);
        var packs = Pack.Cut(objects).ToArray();
        return packs.SelectMany(pack => pack.Objects).SequenceEqual(objects) &&
            packs.All(pack => pack.Bytes <= Pack.MostBytes && pack.Bytes == pack.Objects.Sum(content => content.Size));
    }

    [Test]
    public void Nothing_makes_no_pack() => Assert.That(Pack.Cut([]), Is.Empty);

    [Test]
    public void Packs_of_small_files_have_about_ten_megabytes()
    {
        var packs = Pack.Cut(Objects(1, 100_000, 16_000)).ToArray();
        Assert.That(packs.Average(pack => pack.Bytes), Is.InRange(8e6, 12e6));
    }

    [Test]
    public void A_changed_added_or_removed_file_changes_hardly_more_than_one_pack()
    {
        var (before, changes) = (Objects(2, 20_000, 16_000), new List<int>());
        for (var index = 0; index < before.Length; index += 400)
        {
            StoredObject[] changed = [.. before], added = [.. before[..index], new(HashOf(-1, index), 8000), .. before[index..]];
            changed[index] = changed[index] with { Hash = HashOf(-2, index) };
            changes.AddRange(Changed(before, changed), Changed(before, added), Changed(before, [.. before[..index], .. before[(index + 1)..]]));
        }
        Assert.That(changes.Average(), Is.LessThan(1.5));
        Assert.That(changes, Is.All.InRange(1, 5));
    }

    [Test]
    public void The_id_of_a_pack_and_its_ends_are_those_of_every_version()
    {
        var packs = Pack.Cut(Objects(3, 5000, 16_000)).ToArray();
        Assert.That(packs[0].Id.ToString(), Is.EqualTo("e2cc0e581935cd4caaf8179996dc99571983b5eeae8b0a06b87324bd1174977a"));
        Assert.That(string.Join(" ", packs.Select(pack => pack.Objects.Count)), Is.EqualTo("1542 2003 1129 326"));
    }
}
