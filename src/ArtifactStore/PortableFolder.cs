using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Lists a folder with what .NET offers on every system: no inodes, some allocations.</summary>
internal static class PortableFolder
{
    public static (byte[] Names, ScannedEntry[] Entries) Read(string path)
    {
        try
        {
            using var names = new MemoryStream();
            var entries = new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything).Select(info => Entry(info, names)).ToArray();
            return (names.ToArray(), entries);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw new StorageException($"{path}: cannot be listed ({cause.Message}).", cause);
        }
    }

    private static EnumerationOptions Everything => new() { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    private static ScannedEntry Entry(FileSystemInfo info, MemoryStream names)
    {
        var offset = (int)names.Length;
        names.Write(Encoding.UTF8.GetBytes(info.Name));
        var length = (int)names.Length - offset;
        var target = info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true);
        return target switch
        {
            DirectoryInfo => new ScannedEntry(offset, length, EntryType.Folder, info.LinkTarget is not null, 1, default),
            FileInfo { Exists: true } file => new ScannedEntry(offset, length, EntryType.File, info.LinkTarget is not null, 1,
                new FileStamp(file.Length, FileStamp.Nanoseconds(file.LastWriteTimeUtc), 0)),
            _ => new ScannedEntry(offset, length, EntryType.DeadLink, true, 1, default),
        };
    }
}
