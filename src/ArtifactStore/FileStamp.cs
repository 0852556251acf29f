namespace Tmrvc.ArtifactStore;

/// <summary>What tells cheaply that a file may have changed. It never says what is in it.</summary>
/// <param name="Modified">Nanoseconds since 1970, UTC.</param>
/// <param name="Inode">0 where the system has none.</param>
public readonly record struct FileStamp(long Size, long Modified, ulong Inode)
{
    // Kernel clocks tick at up to 10 ms; file systems that keep whole seconds show as a zero fraction.
    private const long TickMargin = 20_000_000;
    private const long SecondMargin = 2_000_000_000;

    /// <summary>
    /// Whether the stamp would differ if the file were written again after <paramref name="looked"/>: a write within the same
    /// tick of the clock leaves it unchanged.
    /// </summary>
    public bool IsTellingAt(DateTimeOffset looked) =>
        Modified + (Modified % 1_000_000_000 == 0 ? SecondMargin : TickMargin) < Nanoseconds(looked);

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
}
