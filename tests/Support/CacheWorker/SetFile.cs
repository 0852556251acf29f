using System.Globalization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.CacheWorker;

/// <summary>An entry set as a file, so that one process can tell another which it means.</summary>
public static class SetFile
{
    public static void Write(string path, EntrySet set) => File.WriteAllLines(path,
        set.Entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Kind} {entry.Hash} {entry.Bytes} {entry.Files} {entry.Name}")));

    public static EntrySet Read(string path) => new(File.ReadLines(path).Select(line => line.Split(' ', 5)).Select(words => new StoredEntry(
        words[4], Enum.Parse<EntryKind>(words[0]), ContentHash.Parse(words[1]),
        long.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture))));
}
