using System.Text;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>A document whose first line is the SHA-256 of the rest, so that damage shows.</summary>
internal static class SealedText
{
    public const int SealLength = 2 * ContentHash.ByteCount + 1;

    public static byte[] Seal(ReadOnlySpan<byte> document)
    {
        var sealed_ = new byte[SealLength + document.Length];
        Encoding.ASCII.GetBytes($"{ContentHash.Of(document)}\n", sealed_);
        document.CopyTo(sealed_.AsSpan(SealLength));
        return sealed_;
    }

    /// <exception cref="FormatException">Damaged.</exception>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> text) =>
        text.Length >= SealLength && text.Span[SealLength - 1] == '\n' && ContentHash.TryParse(text.Span[..(SealLength - 1)], out var hash) &&
        ContentHash.Of(text.Span[SealLength..]) == hash
            ? text[SealLength..]
            : throw new FormatException("its first line is not the hash of the rest");
}
