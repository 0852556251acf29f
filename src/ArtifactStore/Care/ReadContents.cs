using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore;

/// <summary>Hashes of files as they are on the device now; content that has several names is read once. Safe for several threads.</summary>
public sealed class ReadContents
{
    private readonly ConcurrentDictionary<(uint, uint, ulong, long), ContentHash> _known = [];
    private long _files, _bytes;

    public long Files => Interlocked.Read(ref _files);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <exception cref="StorageException"/>
    public ContentHash HashOf(string path) => OperatingSystem.IsLinux() && Posix.TryStat(path, Posix.NoFollow, out var status)
        ? _known.GetOrAdd((status.Major, status.Minor, status.Inode, status.Changed.TotalNanoseconds), _ => Read(path, (long)status.Size))
        : Read(path, new FileInfo(path).Length);

    private ContentHash Read(string path, long size)
    {
        Interlocked.Increment(ref _files);
        Interlocked.Add(ref _bytes, size);
        return FileHash.Compute(path);
    }
}
