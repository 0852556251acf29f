namespace Tmrvc.ArtifactStore;

/// <summary>The devices that folders lie on.</summary>
public static class StorageDevice
{
    /// <summary>Whether what is written into one folder takes room from the other. Both are there.</summary>
    public static bool AreOne(string folder, string other) => OperatingSystem.IsLinux()
        ? Posix.TryStat(folder, 0, out var one) && Posix.TryStat(other, 0, out var two) && (one.Major, one.Minor) == (two.Major, two.Minor)
        : Path.GetPathRoot(Path.GetFullPath(folder)) == Path.GetPathRoot(Path.GetFullPath(other));
}
