using System.Buffers;
using System.Buffers.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Writes the manifest of a tree.</summary>
internal static class TreeText
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _ofThread;

    private const int HexLength = 2 * ContentHash.ByteCount, LongestSize = 20;

    public static FileTree Write(FolderNode root)
    {
        var manifest = Begin();
        var (count, bytes) = (0, 0L);
        WriteFolder(root);
        return new FileTree(manifest.WrittenSpan.ToArray(), count, bytes);

        void WriteFolder(FolderNode node)
        {
            for (var index = 0; index < node.Hashes.Length; index++)
                if (node.Includes(index))
                {
                    WriteLine(manifest, node.Hashes[index], node.Scan.Entries[index].Stamp.Size, node.PathOf(index));
                    (count, bytes) = (count + 1, bytes + node.Scan.Entries[index].Stamp.Size);
                }
                else if (node.Children[index] is { } child)
                    WriteFolder(child);
        }
    }

    /// <param name="files">Sorted by the bytes of their paths.</param>
    public static FileTree Write(IEnumerable<TreeFile> files)
    {
        var manifest = Begin();
        var (count, bytes) = (0, 0L);
        foreach (var file in files)
        {
            WriteLine(manifest, file.Hash, file.Size, System.Text.Encoding.UTF8.GetBytes(file.Path));
            (count, bytes) = (count + 1, bytes + file.Size);
        }
        return new FileTree(manifest.WrittenSpan.ToArray(), count, bytes);
    }

    /// <summary>The thread's buffer with the first line in it: only what a tree keeps is allocated anew.</summary>
    private static ArrayBufferWriter<byte> Begin()
    {
        var manifest = _ofThread ??= new ArrayBufferWriter<byte>(64 * 1024);
        manifest.ResetWrittenCount();
        manifest.Write(FileTree.FirstLine);
        return manifest;
    }

    private static void WriteLine(ArrayBufferWriter<byte> manifest, ContentHash hash, long size, ReadOnlySpan<byte> path)
    {
        var line = manifest.GetSpan(HexLength + LongestSize + path.Length + 3);
        hash.Format(line);
        line[HexLength] = (byte)' ';
        Utf8Formatter.TryFormat(size, line[(HexLength + 1)..], out var digits);
        var end = HexLength + 1 + digits;
        line[end++] = (byte)' ';
        path.CopyTo(line[end..]);
        end += path.Length;
        line[end++] = (byte)'\n';
        manifest.Advance(end);
    }
}
