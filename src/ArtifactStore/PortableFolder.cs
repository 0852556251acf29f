using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Lists a folder with what .NET offers on every system: no inodes, some allocations.</summary>
internal static class PortableFolder
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static FolderScan Read(string path)
    {
        try
        {
            var entries = ScanBuffer.OfThread();
            foreach (var info in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything))
                Add(info, entries);
            return entries.ToScan(path);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw new StorageException($"{path}: cannot be listed ({cause.Message}).", cause);
        }
    }

    private static void Add(FileSystemInfo info, ScanBuffer entries)
    {
        var name = Encoding.UTF8.GetBytes(info.Name);
        var isLink = info.LinkTarget is not null;
        switch (isLink ? info.ResolveLinkTarget(returnFinalTarget: true) : info)
        {
            case DirectoryInfo:
                entries.Add(name, EntryType.Folder, isLink);
                break;
            case FileInfo { Exists: true } file:
                entries.Add(name, EntryType.File, isLink, new FileStamp(file.Length, FileStamp.Nanoseconds(file.LastWriteTimeUtc), 0));
                break;
            default:
                entries.Add(name, EntryType.DeadLink, isLink);
                break;
        }
    }
}
