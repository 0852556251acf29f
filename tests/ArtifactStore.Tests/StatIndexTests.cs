using Tmrvc.ArtifactStore.Tests.Support;

namespace Tmrvc.ArtifactStore.Tests;

public sealed class StatIndexTests
{
    private static ContentHasher Hasher(TemporaryFolder folder, TimeProvider? clock = null) =>
        new(new StatIndex(folder["store/stat.index"]), clock ?? TimeProvider.System);

    private static long HashedIn(TemporaryFolder folder, Action<ContentHasher> use, TimeProvider? clock = null)
    {
        var index = new StatIndex(folder["store/stat.index"]);
        var hasher = new ContentHasher(index, clock ?? TimeProvider.System);
        use(hasher);
        index.Save();
        return hasher.FilesHashed;
    }

    private static void Fill(TemporaryFolder folder, int files)
    {
        for (var index = 0; index < files; index++)
            folder.WriteOld($"in/{index % 10}/{index}.txt", $"{index}");
    }

    [Test]
    public void An_unchanged_tree_is_read_once_and_a_changed_file_alone_is_read_again()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 200);
        Assert.That(HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything)), Is.EqualTo(200));
        Assert.That(HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything)), Is.Zero);
        folder.Write("in/3/13.txt", "changed");
        Assert.That(HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything)), Is.EqualTo(1));
    }

    [Test]
    public void A_file_written_again_within_the_same_tick_is_read_again()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("in/a.txt", "one");
        var time = File.GetLastWriteTimeUtc(path);
        var clock = new StoppedClock(time.AddMilliseconds(5));
        var first = default(ContentHash?);
        HashedIn(folder, hasher => first = hasher.HashOf(path), clock);
        File.WriteAllText(path, "two");
        File.SetLastWriteTimeUtc(path, time);
        Assert.That(Hasher(folder, clock).HashOf(path), Is.EqualTo(ContentHash.Of("two"u8)).And.Not.EqualTo(first),
            "same size, time and inode");
    }

    [Test]
    public void A_stamp_of_whole_seconds_is_trusted_only_after_two()
    {
        var whole = new FileStamp(1, 1_700_000_000_000_000_000, 1);
        var at = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        Assert.That((whole.IsTellingAt(at.AddSeconds(1.9)), whole.IsTellingAt(at.AddSeconds(2.1))), Is.EqualTo((false, true)));
        var fine = whole with { Modified = whole.Modified + 1000 };
        Assert.That((fine.IsTellingAt(at.AddMilliseconds(19)), fine.IsTellingAt(at.AddMilliseconds(21))),
            Is.EqualTo((false, true)));
    }

    [Test]
    public void Single_files_and_folders_share_what_is_known()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 20);
        Assert.That(HashedIn(folder, hasher =>
        {
            hasher.HashOf(folder["in/3/13.txt"]);
            hasher.HashOf(folder["in/3/3.txt"]);
            hasher.TreeOf(folder["in/3"], new Glob("1*.txt"));
        }), Is.EqualTo(2));
        Assert.That(HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything)), Is.EqualTo(18));
        Assert.That(HashedIn(folder, hasher => hasher.HashOf(folder["in/3/3.txt"])), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(20)]
    [TestCase(100)]
    [TestCase(5000)]
    public void A_damaged_index_counts_as_empty(int position)
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 100);
        HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything));
        var index = File.ReadAllBytes(folder["store/stat.index"]);
        index[position] ^= 0x40;
        File.WriteAllBytes(folder["store/stat.index"], index);
        Assert.That(HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything)), Is.EqualTo(100));
        Assert.That(HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything)), Is.Zero, "and is made anew");
    }

    [Test]
    public void An_index_cut_short_at_any_length_counts_as_empty()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 10);
        HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything));
        var index = File.ReadAllBytes(folder["store/stat.index"]);
        foreach (var length in Enumerable.Range(0, index.Length).Where(length => length % 7 == 0))
            Assert.That(StatIndexSnapshot.Parse(index[..length]).Folders, Is.Empty);
        Assert.That(StatIndexSnapshot.Parse(index).Folders, Has.Exactly(10).Items);
    }

    [Test]
    public void Two_writers_keep_what_both_learnt()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 20);
        var (first, second) = (new StatIndex(folder["store/stat.index"]), new StatIndex(folder["store/stat.index"]));
        new ContentHasher(first, TimeProvider.System).TreeOf(folder["in/1"], Glob.Everything);
        new ContentHasher(second, TimeProvider.System).TreeOf(folder["in/2"], Glob.Everything);
        first.Save();
        second.Save();
        Assert.That(HashedIn(folder, hasher =>
        {
            hasher.TreeOf(folder["in/1"], Glob.Everything);
            hasher.TreeOf(folder["in/2"], Glob.Everything);
        }), Is.Zero);
    }

    [Test]
    public void Folders_that_are_gone_leave_the_index()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 20);
        HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything));
        Directory.Delete(folder["in/4"], recursive: true);
        folder.WriteOld("in/5/new.txt", "new");
        HashedIn(folder, hasher => hasher.TreeOf(folder["in"], Glob.Everything));
        Assert.That(StatIndexSnapshot.Parse(File.ReadAllBytes(folder["store/stat.index"])).Folders,
            Has.Exactly(9).Items.And.None.EndsWith("/4"));
    }
}
