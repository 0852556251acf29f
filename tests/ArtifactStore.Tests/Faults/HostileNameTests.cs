using System.Text;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Names that somebody with write access to the container has put into manifests: refused by name, and nothing is written outside.</summary>
public sealed class HostileNameTests
{
    private static readonly string[][] Paths =
    [
        ["../escaped"], ["a/../../escaped"], [".."], ["."], ["./a"], ["a//b"], ["/"], ["a/"],
        ["{outside}/escaped"], ["C:/escaped"], ["C:escaped"], [@"..\escaped"], [@"\\server\escaped"],
        ["NUL"], ["nul.txt"], ["a/con"], ["Com1.log"], ["LPT¹"], ["aux /b"], ["CONIN$"],
        ["a."], ["a "], ["a./b"], ["a:stream"], ["a*"], ["a\u0001b"], ["a\u0085b"], ["a\0b"],
        ["A.txt", "a.txt"], ["Folder/a", "folder/b"], ["É", "é"], ["a", "a"], ["a", "a/b"], ["a/b", "a"], ["b/x", "a", "b/y"],
    ];

    private static readonly string LongPart = new('x', 256), LongPath = string.Join('/', Enumerable.Repeat("folder", 400));

    private static IEnumerable<string[]> ManyPaths => [.. Paths, [LongPart], [LongPath]];

    [TestCaseSource(nameof(ManyPaths))]
    public async Task A_path_in_a_manifest_is_refused_by_name(params string[] paths)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var set = await new Attacker(shared).PlantTreeAsync([.. paths.Select(path => path.Replace("{outside}", shared.PathOf("outside")))]);

        await RequireRefusal(shared, set);
    }

    [TestCase("NUL")]
    [TestCase("a:b")]
    [TestCase(@"..\escaped")]
    [TestCase("A", "a")]
    public async Task The_name_of_an_output_is_refused_by_name(params string[] names)
    {
        await using var shared = await FaultyContainer.CreateAsync();

        await RequireRefusal(shared, await new Attacker(shared).PlantEntriesAsync(names));
    }

    [TestCase("../escaped")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("/escaped")]
    [TestCase("")]
    public async Task An_index_and_a_checkpoint_with_a_name_that_is_a_path_count_as_damaged(string name)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var attacker = new Attacker(shared);
        var (set, line) = (await attacker.PlantEntriesAsync("harmless"), $"file {Attacker.ContentHash} 6 1 {name}\n");
        await attacker.PutAsync(BlobKind.Lease, set.Hash, SealedText.Seal(Encoding.UTF8.GetBytes($"checkpoint 1\n{line}")));
        await attacker.PutAsync(BlobKind.Set, set.Hash, SealedText.Seal(Encoding.UTF8.GetBytes($"set 1 {line.Length}\n{line}")));

        Assert.That(await shared.Open().FindCheckpointAsync(set.Hash, default), Is.Null);
        Assert.That(shared.Heard.Single(), Does.Contain("the checkpoint counts as missing"));
        Assert.That(await shared.Open().PullAsync(set, shared.NewMachine(), null, default), Is.False);
        Assert.That(shared.Heard[1], Does.Contain("is damaged"));
    }

    [Test]
    public async Task A_checkpoint_of_nothing_counts_as_damaged()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var key = Attacker.ContentHash;
        await new Attacker(shared).PutAsync(BlobKind.Lease, key, SealedText.Seal("checkpoint 1\n"u8));

        Assert.That(await shared.Open().FindCheckpointAsync(key, default), Is.Null);
        Assert.That(shared.Heard.Single(), Does.Contain("the checkpoint counts as missing"));
    }

    [TestCase("../escaped")]
    [TestCase("a/../../escaped")]
    [TestCase("{outside}")]
    public async Task Nothing_is_written_outside_even_when_all_content_is_here_already(string path)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var (attacker, there) = (new Attacker(shared), shared.NewMachine());
        Assert.That(await shared.Open().PullAsync(await attacker.PlantEntriesAsync("harmless"), there, null, default));
        var set = await attacker.PlantTreeAsync(path.Replace("{outside}", shared.PathOf("outside")));
        var before = Files(shared);

        Assert.That(await shared.Open().PullAsync(set, there, null, default), Is.False);
        Assert.That(there.TryRestore(set), Is.False);

        Assert.That(Files(shared).Except(before).Where(file => !file.StartsWith(there.Root, StringComparison.Ordinal)), Is.Empty, "outside");
    }

    private static async Task RequireRefusal(FaultyContainer shared, EntrySet set)
    {
        var there = shared.NewMachine();
        var before = Files(shared);

        var isWhole = await shared.Open().PullAsync(set, there, null, default);

        Assert.That(isWhole, Is.False);
        Assert.That(shared.Heard.Single(), Does.Contain(set.Hash.Short).And.Match("cannot be used|damaged"));
        Assert.That(there.TryRestore(set), Is.False);
        Assert.That(Files(shared).Except(before).Where(path => !path.StartsWith(there.Root, StringComparison.Ordinal)), Is.Empty, "outside");
        Assert.That(Directory.Exists(Path.Combine(there.Root, "objects")), Is.False, "nothing of it was fetched");
    }

    private static IReadOnlyList<string> Files(FaultyContainer shared) =>
        [.. Directory.EnumerateFileSystemEntries(shared.PathOf(""), "*", SearchOption.AllDirectories)];
}
