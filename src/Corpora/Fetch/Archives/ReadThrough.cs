using System.Text.Json;

namespace Tmrvc.Corpora;

/// <summary>
/// What an archive without an index was unpacked to, known once it has been read to its end: a later run finds the files by it
/// instead of reading the archive again.
/// </summary>
/// <param name="LeftOut">Entries that were not asked for.</param>
internal sealed record ReadThrough(int LeftOut, IReadOnlyList<UnpackedEntry> Entries)
{
    /// <summary>Whole or not at all; a list that a failing device tore is no JSON.</summary>
    internal void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(this, JsonLines.Options));
        File.Move(partial, path, overwrite: true);
    }

    /// <returns>Null when there is none.</returns>
    internal static ReadThrough? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ReadThrough>(File.ReadAllBytes(path), JsonLines.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Name">As it stands in the archive.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Crc">CRC-32 of its bytes.</param>
internal sealed record UnpackedEntry(string Name, long Length, uint Crc)
{
    internal ArchiveEntry In(string archive) => new(archive, Name, EntryType.File, Length);
}
