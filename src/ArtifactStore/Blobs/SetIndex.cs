using System.Text;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Where the content of a set lies.</summary>
/// <param name="Trees">Manifests that come with the index.</param>
/// <param name="LargeTrees">Manifests that are blobs of their own.</param>
/// <param name="Packs">Together they hold the small objects, in order.</param>
/// <param name="Objects">Content that is a blob of its own, in order.</param>
internal sealed record SetIndex(
    EntrySet Set,
    IReadOnlyList<FileTree> Trees,
    IReadOnlyList<StoredObject> LargeTrees,
    IReadOnlyList<PackLine> Packs,
    IReadOnlyList<StoredObject> Objects);

/// <param name="Count">Of objects.</param>
internal sealed record PackLine(ContentHash Id, int Bytes, int Count);

/// <summary>
/// An index as it is stored: a sealed head of lines, the length of which its first line tells, and the manifests one after the other,
/// each of which is its own hash.
/// </summary>
internal static class SetIndexText
{
    /// <summary>What an index may take; the writer keeps to far less.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>What one manifest may take: a million files and more.</summary>
    public const int MostTreeBytes = 256 << 20;

    public static byte[] Write(SetIndex index)
    {
        var lines = new StringBuilder();
        foreach (var entry in index.Set.Entries)
            lines.Append(EntryLines.Write(entry));
        foreach (var tree in index.Trees)
            lines.Append($"tree {tree.Hash} {tree.Manifest.Length}\n");
        foreach (var tree in index.LargeTrees)
            lines.Append($"large-tree {tree.Hash} {tree.Size}\n");
        foreach (var pack in index.Packs)
            lines.Append($"pack {pack.Id} {pack.Bytes} {pack.Count}\n");
        foreach (var content in index.Objects)
            lines.Append($"object {content.Hash} {content.Size}\n");
        var body = Encoding.UTF8.GetBytes(lines.ToString());
        byte[] head = [.. Encoding.ASCII.GetBytes($"set 1 {body.Length}\n"), .. body];
        using var text = new MemoryStream();
        text.Write(SealedText.Seal(head));
        foreach (var tree in index.Trees)
            text.Write(tree.Manifest.Span);
        return text.ToArray();
    }

    /// <exception cref="FormatException">Damaged, or no index.</exception>
    public static SetIndex Read(ReadOnlyMemory<byte> text)
    {
        var end = HeadLength(text.Span);
        if (end > text.Length)
            throw new FormatException("it ends within its head");
        var lines = Encoding.UTF8.GetString(SealedText.Open(text[..end]).Span).Split('\n')[1..^1];
        return new SetIndex(
            new EntrySet(lines.Where(line => line.StartsWith("file ", StringComparison.Ordinal) || line.StartsWith("folder ", StringComparison.Ordinal)).Select(EntryLines.Parse)),
            Trees(Objects(lines, "tree"), text[end..]),
            [.. Objects(lines, "large-tree").Where(tree => tree.Size <= MostTreeBytes)],
            [.. Lines(lines, "pack", 4).Select(parts => new PackLine(ContentHash.Parse(parts[1]), Limited(parts[2], Pack.MostBytes), Limited(parts[3], Pack.MostBytes)))],
            Objects(lines, "object"));
    }

    /// <summary>Bytes up to the first manifest, the seal included.</summary>
    private static int HeadLength(ReadOnlySpan<byte> text)
    {
        var rest = text.Length > SealedText.SealLength ? text[SealedText.SealLength..] : default;
        var line = rest[..Math.Max(0, rest.IndexOf((byte)'\n'))];
        return Encoding.ASCII.GetString(line).Split(' ') is ["set", "1", var length]
            ? SealedText.SealLength + line.Length + 1 + Limited(length, MostBytes)
            : throw new FormatException("its second line is not 'set 1' and a length");
    }

    private static List<FileTree> Trees(IReadOnlyList<StoredObject> lines, ReadOnlyMemory<byte> bodies)
    {
        var trees = new List<FileTree>();
        foreach (var line in lines)
        {
            if (line.Size > bodies.Length)
                throw new FormatException("it ends within its manifests");
            var tree = FileTree.Parse(bodies[..(int)line.Size].ToArray());
            trees.Add(tree.Hash == line.Hash ? tree : throw new FormatException("a manifest in it is damaged"));
            bodies = bodies[(int)line.Size..];
        }
        return trees;
    }

    private static StoredObject[] Objects(string[] lines, string kind) =>
        [.. Lines(lines, kind, 3).Select(parts => new StoredObject(ContentHash.Parse(parts[1]), EntryLines.Number(parts[2])))];

    private static IEnumerable<string[]> Lines(string[] lines, string kind, int parts) => lines
        .Where(line => line.StartsWith(kind + " ", StringComparison.Ordinal))
        .Select(line => line.Split(' '))
        .Select(found => found.Length == parts ? found : throw new FormatException($"'{string.Join(' ', found)}' has other parts than {kind} has"));

    private static int Limited(string text, int most) => EntryLines.Number(text) is var number && number <= most
        ? (int)number
        : throw new FormatException($"'{text}' found; at most {most} is allowed");
}
