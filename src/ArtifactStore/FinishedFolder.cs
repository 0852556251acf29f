namespace Tmrvc.ArtifactStore;

/// <summary>The contents of a folder that nobody writes to any more: checked and sealed.</summary>
internal sealed class FinishedFolder
{
    private FinishedFolder(string path, IReadOnlyList<FinishedFile> files, IReadOnlyList<string> folders) =>
        (Path, Files, Folders) = (path, files, folders);

    public string Path { get; }

    public IReadOnlyList<FinishedFile> Files { get; }

    /// <summary>Absolute paths.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <exception cref="StorageException">Lists every link and special file: only files and folders can be kept.</exception>
    public static FinishedFolder Seal(string path)
    {
        var (files, folders, strange) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var info in Below(new DirectoryInfo(path)))
            (info.LinkTarget is not null || IsSpecial(info) ? strange : info is DirectoryInfo ? folders : files).Add(info.FullName);
        if (strange.Count > 0)
            throw new StorageException(
                $"'{string.Join("', '", strange.Select(found => System.IO.Path.GetRelativePath(path, found)))}': a link or special file; "
                + "only plain files and folders can be kept. Copy what it points to.");
        return new FinishedFolder(path, files.AsParallel().Select(SealFile).ToArray(), folders);
    }

    /// <summary>Links are listed, never entered.</summary>
    private static IEnumerable<FileSystemInfo> Below(DirectoryInfo folder) => folder
        .EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 })
        .SelectMany(info => info is DirectoryInfo { LinkTarget: null } inner ? Below(inner).Prepend(info) : [info]);

    /// <summary>A file that has other names outside the store is replaced by a copy, so that its owner can go on writing to it.</summary>
    private static FinishedFile SealFile(string path)
    {
        if (OperatingSystem.IsLinux() && Posix.TryStat(path, Posix.NoFollow, out var status) && status.Links > 1)
        {
            if (ArtifactStore.Seal.IsIntact(path, (long)status.Size))
                return new FinishedFile(path, WasSealed: true);
            var own = TemporaryName.Beside(path);
            File.Copy(path, own);
            File.Move(own, path, overwrite: true);
        }
        ArtifactStore.Seal.Set(path);
        return new FinishedFile(path, WasSealed: false);
    }

    private static bool IsSpecial(FileSystemInfo info) =>
        OperatingSystem.IsLinux() && Posix.TryStat(info.FullName, Posix.NoFollow, out var status) && !status.IsFile && !status.IsFolder;
}

/// <param name="Path">Absolute.</param>
/// <param name="WasSealed">A link to a file whose seal was intact: nobody has written to it since.</param>
internal readonly record struct FinishedFile(string Path, bool WasSealed);
