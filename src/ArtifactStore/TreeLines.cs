using System.Buffers.Text;
using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Reads the lines of a tree's manifest one by one: a million of them take no more memory than one.</summary>
internal static class TreeLines
{
    private const int HexLength = 2 * ContentHash.ByteCount;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="manifest">Beginning with the first line.</param>
    /// <exception cref="FormatException">A line is not a hash, a size and a path.</exception>
    public static IEnumerable<TreeFile> Read(byte[] manifest)
    {
        for (var start = FileTree.FirstLine.Length; start < manifest.Length;)
        {
            var length = manifest.AsSpan(start).IndexOf((byte)'\n');
            yield return length > 0
                ? Parse(manifest.AsSpan(start, length))
                : throw new FormatException("Tree manifest: an empty or unfinished line found.");
            start += length + 1;
        }
    }

    private static TreeFile Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length > HexLength + 3 && line[HexLength] == ' ' && ContentHash.TryParse(line[..HexLength], out var hash) &&
            Utf8Parser.TryParse(line[(HexLength + 1)..], out long size, out var digits) && size >= 0 &&
            line[HexLength + 1] is not (byte)'+' && line[(HexLength + 1 + digits)..] is [(byte)' ', .. { Length: > 0 } path])
            return new TreeFile(Text(path), hash, size);
        throw new FormatException($"Tree manifest: '{UnusableFile.Printable(line)}' is not a hash, a size and a path.");
    }

    private static string Text(ReadOnlySpan<byte> path)
    {
        try
        {
            return Strict.GetString(path);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"Tree manifest: path '{UnusableFile.Printable(path)}' is not UTF-8.");
        }
    }
}
