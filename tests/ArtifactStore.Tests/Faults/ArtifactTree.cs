using Tmrvc.ArtifactStore.Tests.Support;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>
/// What stages leave behind, in small: segments in nested folders, weights that travel as a blob of their own, equal files, an empty
/// one, and names of other scripts. Bytes are those of the edition: from one to the next the weights and every tenth segment differ.
/// </summary>
internal static class ArtifactTree
{
    private const int Segments = 80;
    private const int WeightBytes = 4_500_000;

    private static readonly TemporaryFolder Folder = new();
    private static readonly Lazy<LocalStore> Store = new(() => new LocalStore(OriginalFolder, TimeProvider.System));
    private static readonly Dictionary<int, EntrySet> Editions = [];

    public static string OriginalFolder => Folder["original"];

    /// <summary>A store that holds every edition; tests read from it only.</summary>
    public static LocalStore Original => Store.Value;

    public static EntrySet Edition(int edition)
    {
        lock (Editions)
            return Editions.TryGetValue(edition, out var made) ? made : Editions[edition] = Original.Publish(Write(edition));
    }

    /// <summary>Puts the set in place on a machine and compares every byte with the original.</summary>
    public static void RequireSame(LocalStore machine, EntrySet set)
    {
        Assert.That(machine.TryRestore(set), "the set is complete");
        Assert.That(Read(machine.FolderOf(set)), Is.EqualTo(Read(Original.FolderOf(set))));
    }

    public static void Delete()
    {
        if (Directory.Exists(Folder.Path))
            Folder.Dispose();
    }

    private static string Write(int edition)
    {
        var folder = Directory.CreateDirectory(Folder[$"edition-{edition}"]).FullName;
        for (var segment = 0; segment < Segments; segment++)
            Write(folder, $"segments/speaker{segment % 4}/{segment:000}/mel.bin", Bytes(segment, segment % 10 == 0 ? edition : 0, 200 + segment * 300));
        Write(folder, "segments/equal/one.bin", Bytes(1, 0, 3000));
        Write(folder, "segments/equal/two.bin", Bytes(1, 0, 3000));
        Write(folder, "segments/空/пустой.txt", []);
        Write(folder, "weights.safetensors", Bytes(1000, edition, WeightBytes));
        Write(folder, "metrics.yaml", Bytes(1001, edition, 120));
        return folder;
    }

    private static void Write(string folder, string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
        File.WriteAllBytes(Path.Combine(folder, path), content);
    }

    private static byte[] Bytes(int file, int edition, int length)
    {
        var bytes = new byte[length];
        new Random(file * 1009 + edition).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Every file of a folder by its path, with its content.</summary>
    private static Dictionary<string, ContentHash> Read(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => ContentHash.Of(File.ReadAllBytes(path)));
}

[SetUpFixture]
public sealed class ArtifactTreeEnd
{
    [OneTimeTearDown]
    public void Delete() => ArtifactTree.Delete();
}
