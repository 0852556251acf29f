using System.Collections.Concurrent;

namespace Tmrvc.Corpora;

/// <summary>
/// Files that several archives have at one path, such as a licence: the second is unpacked aside and compared when all is there.
/// Safe for several threads.
/// </summary>
/// <param name="folder">Absolute; made when there is a twin.</param>
internal sealed class TwinFiles(string folder)
{
    private readonly ConcurrentBag<(ArchiveEntry Entry, string First, string Second)> _twins = [];
    private int _count;

    /// <returns>Where the second file goes.</returns>
    internal string Add(ArchiveEntry entry, string first)
    {
        Directory.CreateDirectory(folder);
        var second = Path.Combine(folder, $"{Interlocked.Increment(ref _count)}");
        _twins.Add((entry, first, second));
        return second;
    }

    /// <exception cref="ArchiveException">Two of them differ.</exception>
    internal void RequireEqual()
    {
        foreach (var (entry, first, second) in _twins)
            if (!AreEqual(first, second))
                throw entry.Refused("has other content than the same entry of another archive");
    }

    private static bool AreEqual(string first, string second) =>
        new FileInfo(first).Length == new FileInfo(second).Length && ArtifactStore.FileHash.Compute(first) == ArtifactStore.FileHash.Compute(second);
}
