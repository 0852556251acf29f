namespace Tmrvc.Corpora;

/// <summary>What becomes of an archive's entries. Safe for several threads.</summary>
internal interface IEntrySink
{
    /// <returns>Where the entry's bytes go; null when it is left out.</returns>
    /// <exception cref="ArchiveException">The entry is refused.</exception>
    string? Admit(ArchiveEntry entry);

    /// <summary>Whether the entry's bytes are there already, from a run that was interrupted.</summary>
    /// <param name="place">What <see cref="Admit"/> gave.</param>
    /// <param name="crc">CRC-32 of the entry, as its archive has it.</param>
    bool Has(ArchiveEntry entry, string place, uint crc);

    /// <param name="place">What <see cref="Admit"/> gave.</param>
    /// <exception cref="ArtifactStore.StorageException">The device fails.</exception>
    Stream Open(ArchiveEntry entry, string place);

    /// <param name="unpacked">Bytes the archive has unpacked to so far, or says it will.</param>
    /// <exception cref="ArchiveException">It expands too far.</exception>
    void RequireBounded(string archive, long unpacked, long packed);

    /// <param name="packed">Bytes of an archive that have been dealt with since the last call.</param>
    void Advance(string archive, long packed);
}
