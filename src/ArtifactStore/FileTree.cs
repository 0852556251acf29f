using System.Text;

namespace Tmrvc.ArtifactStore;

/// <param name="Path">Relative, forward slashes.</param>
public sealed record TreeFile(string Path, ContentHash Hash, long Size);

/// <summary>
/// The files below a folder: paths, content, sizes. Its manifest is text, one line per file sorted by the bytes of the path, after
/// the line <c>tree 1</c>; its hash is the SHA-256 of that text. Folders without files leave no trace.
/// </summary>
public sealed class FileTree
{
    internal static ReadOnlySpan<byte> FirstLine => "tree 1\n"u8;

    private readonly byte[] _manifest;

    internal FileTree(byte[] manifest, int count, long bytes)
    {
        _manifest = manifest;
        (Count, Bytes) = (count, bytes);
        Hash = ContentHash.Of(manifest);
    }

    public ContentHash Hash { get; }

    public int Count { get; }

    /// <summary>Sum of the files' sizes.</summary>
    public long Bytes { get; }

    /// <summary>The canonical text, UTF-8.</summary>
    public ReadOnlyMemory<byte> Manifest => _manifest;

    public IEnumerable<TreeFile> Files => TreeLines.Read(_manifest);

    /// <exception cref="FormatException">Not a tree, not in order, or with a path that leads out of it.</exception>
    public static FileTree Parse(byte[] manifest)
    {
        if (!manifest.AsSpan().StartsWith(FirstLine))
            throw new FormatException("Tree manifest: the first line 'tree 1' is missing.");
        var (count, bytes, before) = (0, default(UInt128), Array.Empty<byte>());
        foreach (var file in TreeLines.Read(manifest))
        {
            var path = Encoding.UTF8.GetBytes(file.Path);
            if (!EntryPath.IsInside(file.Path))
                throw new FormatException($"Tree manifest: path '{file.Path}' leads out of the tree.");
            if (before.AsSpan().SequenceCompareTo(path) >= 0)
                throw new FormatException($"Tree manifest: path '{file.Path}' is there twice, or not in order.");
            (count, bytes, before) = (count + 1, bytes + (ulong)file.Size, path);
        }
        return bytes <= long.MaxValue
            ? new FileTree(manifest, count, (long)bytes)
            : throw new FormatException("Tree manifest: the sizes add up to more than any device holds.");
    }
}
