using System.Buffers.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Looks whether a folder of the store still is a tree, by names, sizes and seals. Reads no file and needs no index: an output of
/// hundreds of thousands of files costs nothing but a walk.
/// </summary>
internal static class SealedFolder
{
    private const int HexLength = 2 * ContentHash.ByteCount;

    /// <param name="manifest">Of a <see cref="FileTree"/>, in its order.</param>
    /// <returns>False also where a file lost its seal without having changed.</returns>
    /// <exception cref="StorageException">The folder cannot be listed.</exception>
    public static bool Holds(string folder, ReadOnlyMemory<byte> manifest, DateTimeOffset looked)
    {
        if (!Directory.Exists(folder))
            return false;
        var rest = manifest[FileTree.FirstLine.Length..];
        return Holds(new TreeWalk(Glob.Everything, looked).Scan(folder), ref rest) && rest.IsEmpty;
    }

    /// <param name="rest">Lines from the folder's first on; afterwards those behind its last.</param>
    private static bool Holds(FolderNode node, ref ReadOnlyMemory<byte> rest)
    {
        for (var index = 0; index < node.Scan.Entries.Length; index++)
            if (node.Children[index] is { } child ? !Holds(child, ref rest) : !TakeLine(node, index, ref rest))
                return false;
        return true;
    }

    private static bool TakeLine(FolderNode node, int index, ref ReadOnlyMemory<byte> rest)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        if (end < 0 || !node.Includes(index) || !Is(rest.Span[..end], node.PathOf(index), node.Scan.Entries[index].Stamp))
            return false;
        rest = rest[(end + 1)..];
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> path, FileStamp stamp) =>
        Utf8Parser.TryParse(line[(HexLength + 1)..], out long size, out var digits)
        && size == stamp.Size && Seal.IsIntact(stamp) && line[(HexLength + digits + 2)..].SequenceEqual(path);
}
