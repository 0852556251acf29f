using System.Text;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>The body of a lease's blob: the entries of the latest checkpoint, sealed; nothing when there is none.</summary>
internal static class CheckpointText
{
    public const int MostBytes = 1 << 20;

    private const string FirstLine = "checkpoint 1\n";

    public static byte[] Write(EntrySet? set) => set is null
        ? []
        : SealedText.Seal(Encoding.UTF8.GetBytes(FirstLine + string.Concat(set.Entries.Select(EntryLines.Write))));

    /// <exception cref="FormatException">Damaged.</exception>
    public static EntrySet? Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;
        var text = Encoding.UTF8.GetString(SealedText.Open(body).Span);
        return text.StartsWith(FirstLine, StringComparison.Ordinal) && text.Length > FirstLine.Length
            ? new EntrySet(text[FirstLine.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(EntryLines.Parse))
            : throw new FormatException("its first line is not 'checkpoint 1', or no other follows");
    }
}
