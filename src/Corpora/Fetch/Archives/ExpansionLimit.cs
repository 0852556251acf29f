namespace Tmrvc.Corpora;

/// <summary>How much archives may unpack to. Safe for several threads.</summary>
/// <param name="free">Bytes that the device has left.</param>
internal sealed class ExpansionLimit(ExtractSettings settings, long free = long.MaxValue)
{
    // Small archives of silence expand by a lot and harm nobody.
    private const long AlwaysAllowed = 64L << 20;

    private readonly long _mostBytes = (long)Math.Min(settings.LargestGibibytes * (1L << 30), long.MaxValue / 2);
    private long _bytes;
    private int _entries;

    /// <exception cref="ArchiveException">There are too many.</exception>
    internal void CountEntry(ArchiveEntry entry)
    {
        if (Interlocked.Increment(ref _entries) > settings.MostEntries)
            throw new ArchiveException($"{entry.Archive}: holds more than {settings.MostEntries} entries, which is what most_entries allows");
    }

    /// <param name="unpacked">Bytes this archive has unpacked to so far, or says it will.</param>
    /// <param name="packed">Bytes of the archive.</param>
    /// <exception cref="ArchiveException">It expands too far.</exception>
    internal void Require(string archive, long unpacked, long packed)
    {
        if (unpacked > AlwaysAllowed && unpacked > packed * settings.LargestRatio)
            throw new ArchiveException(FormattableString.Invariant(
                $"{archive}: its {packed} bytes unpack to {unpacked} or more, over {settings.LargestRatio:0.#} times as much, which is what largest_ratio allows"));
    }

    /// <param name="bytes">About to be unpacked.</param>
    /// <exception cref="ArchiveException">All archives together expand too far.</exception>
    internal void Add(string archive, long bytes)
    {
        var sum = Interlocked.Add(ref _bytes, bytes);
        if (sum > free)
            throw new ArchiveException($"{archive}: unpacks to {sum} bytes or more, {free} are free on the device");
        if (sum > _mostBytes)
            throw new ArchiveException(FormattableString.Invariant(
                $"{archive}: unpacks to more than the {settings.LargestGibibytes:0.##} GiB that largest_gibibytes allows"));
    }
}
