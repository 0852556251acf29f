namespace Tmrvc.ArtifactStore;

/// <summary>Adds up what deleting files frees, or would free: content with several names is gone with the last of them.</summary>
public sealed class FreedSpace
{
    private readonly Dictionary<(uint, uint, ulong), int> _namesLeft = [];

    public long Bytes { get; private set; }

    /// <summary>Takes note of a file that is deleted next, or would be.</summary>
    public void Take(string file)
    {
        if (!OperatingSystem.IsLinux())
            Bytes += new FileInfo(file).Length;
        else if (Posix.TryStat(file, Posix.NoFollow, out var status))
            Take((status.Major, status.Minor, status.Inode), (int)status.Links, (long)status.Size);
    }

    /// <summary>Takes note of every file below a folder.</summary>
    public void TakeAll(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            Take(file);
    }

    private void Take((uint, uint, ulong) content, int names, long size)
    {
        var left = _namesLeft.GetValueOrDefault(content, names) - 1;
        _namesLeft[content] = left;
        if (left == 0)
            Bytes += size;
    }
}
