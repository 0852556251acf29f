using System.Globalization;
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

    public IEnumerable<TreeFile> Files => Lines(Encoding.UTF8.GetString(_manifest)).Select(ParseLine);

    /// <exception cref="FormatException">Not a tree, or with a path that leads out of it.</exception>
    public static FileTree Parse(byte[] manifest)
    {
        if (!manifest.AsSpan().StartsWith(FirstLine))
            throw new FormatException("Tree manifest: the first line 'tree 1' is missing.");
        var files = Lines(Encoding.UTF8.GetString(manifest)).Select(ParseLine).ToArray();
        if (files.FirstOrDefault(file => !IsInside(file.Path)) is { } outside)
            throw new FormatException($"Tree manifest: path '{outside.Path}' leads out of the tree.");
        return new FileTree(manifest, files.Length, files.Sum(file => file.Size));
    }

    private static IEnumerable<string> Lines(string manifest) =>
        manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static TreeFile ParseLine(string line)
    {
        var parts = line.Split(' ', 3);
        return parts.Length == 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new TreeFile(parts[2], ContentHash.Parse(parts[0]), size)
            : throw new FormatException($"Tree manifest: '{line}' is not a hash, a size and a path.");
    }

    private static bool IsInside(string path) =>
        path.Split('/').All(part => part is not ("" or "." or "..")) &&
        !(OperatingSystem.IsWindows() && path.AsSpan().ContainsAny(":\\"));
}
