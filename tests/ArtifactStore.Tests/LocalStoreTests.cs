using Tmrvc.ArtifactStore.Tests.Support;

namespace Tmrvc.ArtifactStore.Tests;

public sealed class LocalStoreTests
{
    private static LocalStore Store(TemporaryFolder folder) => new(folder["store"], TimeProvider.System);

    private static EntrySet Publish(TemporaryFolder folder, params (string Path, string Content)[] files)
    {
        Directory.CreateDirectory(folder["private"]);
        foreach (var (path, content) in files)
            folder.Write($"private/{path}", content);
        return Store(folder).Publish(folder["private"]);
    }

    [Test]
    public void What_was_published_is_in_place_and_the_private_folder_is_gone()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, ("model.bin", "weights"), ("figures/a.svg", "a"), ("figures/b/c.svg", "c"));
        Assert.That(set.Entries.Select(entry => (entry.Name, entry.Kind, entry.Bytes, entry.Files)), Is.EqualTo(new[]
        {
            ("figures", EntryKind.Folder, 2L, 2), ("model.bin", EntryKind.File, 7L, 1),
        }));
        var store = Store(folder);
        Assert.That(store.IsInPlace(set));
        Assert.That(File.ReadAllText(Path.Combine(store.FolderOf(set), "figures/b/c.svg")), Is.EqualTo("c"));
        Assert.That(Directory.Exists(folder["private"]), Is.False);
    }

    [Test]
    public void Publishing_teaches_the_index_so_that_nobody_reads_the_files_again()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["private"]);
        folder.Write("private/data/a.txt", "a");
        folder.Write("private/b.txt", "b");
        var store = Store(folder);
        var set = store.Publish(folder["private"]);
        store.Index.Save();
        var later = Store(folder);
        Assert.That(later.IsInPlace(set));
        Assert.That(later.Hasher.FilesHashed, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_link_to_an_object_is_not_read_again_unless_it_was_written_to(bool written)
    {
        using var folder = new TemporaryFolder();
        Publish(folder, ("a", "content"));
        var store = Store(folder);
        Directory.CreateDirectory(folder["private"]);
        HardLink.TryCreate(store.Objects.PathOf(ContentHash.Of("content"u8)), folder["private/b"]);
        if (written)
            File.WriteAllText(folder["private/b"], "changed");

        var told = ContentHash.Of("what it is said to hold"u8);
        var set = store.Publish(folder["private"], new Dictionary<string, KnownFile> { [folder["private/b"]] = new(told, Size: 7) });

        Assert.That(set.Entries[0].Hash, Is.EqualTo(written ? ContentHash.Of("changed"u8) : told));
    }

    [Test]
    public void The_same_content_has_the_same_place_and_other_content_another()
    {
        using var folder = new TemporaryFolder();
        var (first, second, third) = (Publish(folder, ("x", "1")), Publish(folder, ("x", "1")), Publish(folder, ("y", "1")));
        Assert.That(second.Hash, Is.EqualTo(first.Hash));
        Assert.That(third.Hash, Is.Not.EqualTo(first.Hash));
    }

    [Test]
    public void An_empty_folder_is_kept()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["private/quarantine"]);
        var set = Publish(folder, ("x", "1"));
        var store = Store(folder);
        Directory.Delete(store.FolderOf(set), recursive: true);
        Assert.That(store.TryRestore(set) && store.IsInPlace(set));
        Assert.That(Directory.Exists(Path.Combine(store.FolderOf(set), "quarantine")));
    }

    [Test]
    public void A_set_is_restored_from_objects_and_trees()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, ("model.bin", "weights"), ("figures/a.svg", "a"));
        Directory.Delete(folder["store/entries"], recursive: true);
        var store = Store(folder);
        Assert.That((store.IsInPlace(set), store.CanRestore(set), store.TryRestore(set), store.IsInPlace(set)),
            Is.EqualTo((false, true, true, true)));
    }

    [Test]
    public void A_damaged_object_is_never_restored_and_is_dropped()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, ("model.bin", "weights"));
        var store = Store(folder);
        var path = store.Objects.PathOf(set.Entries[0].Hash);
        File.Delete(path);
        File.WriteAllText(path, "weighed");
        Directory.Delete(folder["store/entries"], recursive: true);
        Assert.That(store.TryRestore(set), Is.False);
        Assert.That(File.Exists(path), Is.False);
        Assert.That(store.IsInPlace(set), Is.False);
    }

    [Test]
    public void A_damaged_tree_is_never_restored()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, ("figures/a.svg", "a"));
        var tree = Directory.EnumerateFiles(folder["store/trees"], "*", SearchOption.AllDirectories).Single();
        File.WriteAllText(tree, File.ReadAllText(tree).Replace("a.svg", "b.svg"));
        Directory.Delete(folder["store/entries"], recursive: true);
        Assert.That(Store(folder).TryRestore(set), Is.False);
    }

    [Test]
    public void Publishing_over_a_damaged_place_repairs_it()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, ("x", "1"));
        File.Delete(Path.Combine(Store(folder).FolderOf(set), "x"));
        Publish(folder, ("x", "1"));
        Assert.That(Store(folder).IsInPlace(set));
    }

    [Test]
    public void Files_that_are_one_already_are_kept_as_they_are()
    {
        using var folder = new TemporaryFolder();
        Seal.Set(folder.Write("private/data/0", "same"));
        foreach (var name in new[] { "1", "2", "3" })
            HardLink.TryCreate(folder["private/data/0"], folder[$"private/data/{name}"]);
        var set = Publish(folder, ("data/own", "same"));
        Assert.That(Store(folder).IsInPlace(set));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Store(folder).FolderOf(set), "data")).Select(path => Path.GetFileName(path)), Is.EquivalentTo(new[] { "0", "1", "2", "3", "own" }));
    }

    [Test]
    public void Where_a_file_cannot_be_linked_it_is_copied()
    {
        using var folder = new TemporaryFolder();
        var elsewhere = Path.Combine("/dev/shm", Path.GetFileName(folder.Path));
        try
        {
            Assert.That(HardLink.TryCreate(folder.Write("here", "content"), elsewhere));
            Assert.That(HardLink.TryCreate(folder["here"], elsewhere), Is.False, "it exists now");
            Assert.That(File.ReadAllText(elsewhere), Is.EqualTo("content"));
        }
        finally
        {
            File.Delete(elsewhere);
        }
    }

    [Test]
    public void The_first_record_under_a_key_stays()
    {
        using var folder = new TemporaryFolder();
        var (records, key) = (Store(folder).Records, ContentHash.Of("key"u8));
        Assert.That((records.Add(key, "one"u8), records.Add(key, "two"u8)), Is.EqualTo((true, false)));
        Assert.That(records.Find(key), Is.EqualTo("one"u8.ToArray()));
        records.Drop(key);
        Assert.That(records.Find(key), Is.Null);
    }

    [Test]
    public void Of_many_writers_of_one_record_one_wins()
    {
        using var folder = new TemporaryFolder();
        var (records, key) = (Store(folder).Records, ContentHash.Of("key"u8));
        var won = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16)
            .Count(writer => records.Add(key, System.Text.Encoding.UTF8.GetBytes($"{writer}")));
        Assert.That(won, Is.EqualTo(1));
        Assert.That(Directory.EnumerateFiles(folder["store/records"], "*", SearchOption.AllDirectories).Count(), Is.EqualTo(1),
            "no temporary file is left");
    }

    [Test]
    public void Good_bytes_win_over_an_object_that_rotted_under_an_intact_seal()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, ("model.bin", "weights"));
        var stored = Store(folder).Objects.PathOf(set.Entries[0].Hash);
        Directory.Delete(folder["store/entries"], recursive: true);
        File.SetUnixFileMode(stored, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(stored, "weighty");
        Seal.Set(stored);
        Publish(folder, ("model.bin", "weights"));
        Assert.That(File.ReadAllText(Path.Combine(Store(folder).FolderOf(set), "model.bin")), Is.EqualTo("weights"));
        Assert.That(File.ReadAllText(stored), Is.EqualTo("weights"));
    }

    [Test]
    public void Restorations_of_one_set_at_once_do_not_collide_and_a_killed_one_is_cleared_away()
    {
        using var folder = new TemporaryFolder();
        var set = Publish(folder, [.. Enumerable.Range(0, 50).Select(index => ($"data/{index}", $"{index}"))]);
        for (var round = 0; round < 5; round++)
        {
            Directory.Delete(Store(folder).FolderOf(set), recursive: true);
            folder.Write($"store/entries/{set.Hash}.restoring/data/half", "");
            var store = Store(folder);
            var restored = new bool[8];
            Parallel.For(0, restored.Length, index => restored[index] = store.TryRestore(set));
            Assert.That(restored, Is.All.True);
            Assert.That(Directory.GetFileSystemEntries(folder["store/entries"]), Is.EqualTo(new[] { store.FolderOf(set) }));
        }
    }

    [Test]
    public void Copies_where_a_file_cannot_be_linked_do_not_collide()
    {
        using var folder = new TemporaryFolder();
        var elsewhere = Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetFileName(folder.Path))).FullName;
        try
        {
            folder.Write("here", new string('x', 1 << 20));
            var won = 0;
            Parallel.For(0, 8, _ => Interlocked.Add(ref won, HardLink.TryCreate(folder["here"], Path.Combine(elsewhere, "copy")) ? 1 : 0));
            Assert.That(won, Is.EqualTo(1));
            Assert.That(Directory.GetFiles(elsewhere).Select(Path.GetFileName), Is.EqualTo(new[] { "copy" }));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Test]
    public void A_write_that_fails_leaves_no_temporary_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["lock/Stage.yaml/in the way"]);
        Assert.That(() => AtomicFile.Replace(folder["lock/Stage.yaml"], "key"u8), Throws.TypeOf<StorageException>());
        Assert.That(Directory.GetFileSystemEntries(folder["lock"]), Has.Length.EqualTo(1));
    }
}
