using System.Text;
using Tmrvc.ArtifactStore.Tests.Support;

namespace Tmrvc.ArtifactStore.Tests;

public sealed class FileTreeTests
{
    private static FileTree TreeOf(TemporaryFolder folder, string pattern = "**/*") =>
        new ContentHasher(new StatIndex(folder["store/stat.index"]), TimeProvider.System)
            .TreeOf(folder["in"], new Glob(pattern))!;

    [Test]
    public void The_manifest_of_a_known_tree_is_a_known_text()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a/b.txt", "abc");
        folder.Write("in/a.txt", "");
        folder.Write("in/a-b/c.txt", "abc");
        const string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var tree = TreeOf(folder);
        Assert.That(Encoding.UTF8.GetString(tree.Manifest.Span),
            Is.EqualTo($"tree 1\n{abc} 3 a-b/c.txt\n{nothing} 0 a.txt\n{abc} 3 a/b.txt\n"));
        Assert.That(tree.Hash, Is.EqualTo(ContentHash.Of(tree.Manifest.Span)));
        Assert.That((tree.Count, tree.Bytes), Is.EqualTo((3, 6L)));
    }

    [Test]
    public void Paths_are_sorted_by_bytes_whatever_the_folders_are_called()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["a", "a.b", "a-b", "a/b", "ab", "b/a/c", "b/a.c", "b/a-c", "é/x", "z", "Z", "b/a/b/c"];
        foreach (var name in names)
            folder.Write($"in/{name}{(name == "a" ? "0" : "")}.txt", name);
        var paths = TreeOf(folder).Files.Select(file => file.Path).ToArray();
        Assert.That(paths, Has.Length.EqualTo(names.Length));
        Assert.That(paths,
            Is.EqualTo(paths.OrderBy(path => path, Comparer<string>.Create((x, y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))))));
    }

    [Test]
    public void A_folder_of_many_files_lists_like_one_of_few_and_portably()
    {
        using var folder = new TemporaryFolder();
        for (var index = 0; index < 10_000; index++)
            folder.Write($"in/{index * 7919 % 10_000:00000}.txt", "");
        Directory.CreateDirectory(folder["in/00100"]);
        var (linux, portable) = (LinuxFolder.Read(folder["in"]), PortableFolder.Read(folder["in"]));
        Assert.That(Names(linux), Is.EqualTo(Names(portable)).And.Length.EqualTo(10_001));
        Assert.That(linux.Entries.Select(entry => (entry.Type, entry.Stamp.Size, entry.Stamp.Modified / 100)),
            Is.EqualTo(portable.Entries.Select(entry => (entry.Type, entry.Stamp.Size, entry.Stamp.Modified / 100))));
    }

    [Test]
    public void Links_are_followed_but_never_in_circles_and_dead_ones_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a/x.txt", "x");
        folder.Write("elsewhere/y.txt", "y");
        File.CreateSymbolicLink(folder["in/file.txt"], folder["elsewhere/y.txt"]);
        Directory.CreateSymbolicLink(folder["in/folder"], folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder["in/a/back"], folder["in"]);
        Assert.That(TreeOf(folder).Files.Select(file => file.Path), Is.EqualTo(new[] { "a/x.txt", "file.txt", "folder/y.txt" }));
        File.CreateSymbolicLink(folder["in/dead.txt"], folder["nowhere"]);
        Assert.That(() => TreeOf(folder),
            Throws.TypeOf<StorageException>().With.Message.Contains("dead.txt: a link that leads nowhere"));
        Assert.That(TreeOf(folder, "a/*").Count, Is.EqualTo(1), "what does not match may be dead");
    }

    [Test]
    public void A_name_with_a_line_break_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a\nb.txt", "");
        Assert.That(() => TreeOf(folder), Throws.TypeOf<StorageException>().With.Message.Contains("a%0Ab.txt: its name is not UTF-8 without control characters. Rename it."));
    }

    [Test]
    public void A_folder_that_is_not_there_has_no_tree()
    {
        using var folder = new TemporaryFolder();
        Assert.That(new ContentHasher(new StatIndex(folder["i"]), TimeProvider.System).TreeOf(folder["none"], Glob.Everything),
            Is.Null);
    }

    [TestCase("../up")]
    [TestCase("/etc/passwd")]
    [TestCase("a/../../b")]
    [TestCase("a//b")]
    [TestCase("./a")]
    public void A_manifest_whose_path_leads_out_is_refused(string path)
    {
        var manifest = Encoding.UTF8.GetBytes($"tree 1\n{ContentHash.Of("x"u8)} 1 {path}\n");
        Assert.That(() => FileTree.Parse(manifest), Throws.TypeOf<FormatException>().With.Message.Contains(path));
    }

    [TestCase("tree 2\n")]
    [TestCase("")]
    [TestCase("tree 1\nabc 1 x\n")]
    [TestCase("tree 1\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad -1 x\n")]
    public void Text_that_is_no_manifest_is_refused(string text) =>
        Assert.That(() => FileTree.Parse(Encoding.UTF8.GetBytes(text)), Throws.TypeOf<FormatException>());

    private static string[] Names(FolderScan scan) => [.. Enumerable.Range(0, scan.Entries.Length).Select(scan.NameText)];
}
