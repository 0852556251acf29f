namespace Tmrvc.Corpora;

/// <summary>Reads an archive through without unpacking it: lengths and checksums of all entries.</summary>
internal static class ArchiveSoundness
{
    private static readonly string[] Extensions = [".zip", ".tar.gz", ".tgz"];

    /// <returns>Null when the archive is sound, or the name is not that of one.</returns>
    internal static string? Problem(string path, string name, CancellationToken cancellation)
    {
        if (!Extensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            return null;
        try
        {
            ArchiveReader.Read(path, name, new Discarded(), Environment.ProcessorCount, cancellation);
            return null;
        }
        catch (ArchiveException cause)
        {
            return $"it is not sound: {cause.Message}";
        }
    }

    private sealed class Discarded : IEntrySink
    {
        private readonly ExpansionLimit _limit = new(new ExtractSettings());

        public string? Admit(ArchiveEntry entry) => entry.Type == EntryType.File ? "" : null;

        public bool Has(ArchiveEntry entry, string place, uint crc) => false;

        public Stream Open(ArchiveEntry entry, string place) => Stream.Null;

        public void RequireBounded(string archive, long unpacked, long packed) => _limit.Require(archive, unpacked, packed);

        public void Advance(string archive, long packed)
        {
        }
    }
}
