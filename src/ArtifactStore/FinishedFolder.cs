using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore;

/// <summary>A file whose content is known: it was linked from an object.</summary>
public readonly record struct KnownFile(ContentHash Hash, long Size);

/// <summary>The contents of a folder that nobody writes to any more: checked and sealed.</summary>
internal sealed class FinishedFolder
{
    private readonly IReadOnlyDictionary<string, KnownFile> _known;
    private readonly List<FinishedFile> _files = [];
    private readonly List<string> _folders = [];
    private readonly ConcurrentBag<string> _strange = [];

    private FinishedFolder(string path, IReadOnlyDictionary<string, KnownFile> known)
    {
        (Path, _known) = (path, known);
        Scan(path);
        Parallel.ForEach(_files.Where(file => file.Known is null), file => SealFile(file.Path));
    }

    public string Path { get; }

    public IReadOnlyList<FinishedFile> Files => _files;

    /// <summary>Absolute paths.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <param name="known">By absolute path; not believed of a file that was written to since.</param>
    /// <exception cref="StorageException">Lists every link and special file: only files and folders can be kept.</exception>
    public static FinishedFolder Seal(string path, IReadOnlyDictionary<string, KnownFile> known)
    {
        var contents = new FinishedFolder(path, known);
        string[] strange = [.. contents._strange.Select(name => System.IO.Path.GetRelativePath(path, name)).Order(StringComparer.Ordinal)];
        return strange.Length == 0
            ? contents
            : throw new StorageException(
                $"'{string.Join("', '", strange)}': a link or special file; only plain files and folders can be kept. Copy what it points to.");
    }

    /// <summary>Links are listed, never entered.</summary>
    private void Scan(string folder)
    {
        var scan = FolderScan.Read(folder);
        for (var index = 0; index < scan.Entries.Length; index++)
        {
            var path = System.IO.Path.Combine(folder, scan.NameText(index));
            var entry = scan.Entries[index];
            if (entry.IsLink || entry.Type is EntryType.DeadLink or EntryType.Special)
                _strange.Add(path);
            else if (entry.Type == EntryType.File)
                _files.Add(new FinishedFile(path, entry.Stamp.Size, Known(path, entry.Stamp)));
            else
                Enter(path);
        }
    }

    private void Enter(string folder)
    {
        _folders.Add(folder);
        Scan(folder);
    }

    private ContentHash? Known(string path, FileStamp stamp) =>
        _known.TryGetValue(path, out var known) && known.Size == stamp.Size && ArtifactStore.Seal.IsIntact(stamp) ? known.Hash : null;

    /// <summary>A file that has other names outside the store is replaced by a copy, so that its owner can go on writing to it.</summary>
    private void SealFile(string path)
    {
        if (OperatingSystem.IsLinux() && Posix.TryStat(path, Posix.NoFollow, out var status))
        {
            if (!status.IsFile)
                _strange.Add(path);
            if (!status.IsFile || (status.Links > 1 && ArtifactStore.Seal.IsIntact(path, (long)status.Size)))
                return;
            if (status.Links > 1)
                Replace(path);
        }
        ArtifactStore.Seal.Set(path);
    }

    private static void Replace(string path)
    {
        var own = TemporaryName.Beside(path);
        File.Copy(path, own);
        File.Move(own, path, overwrite: true);
    }
}

/// <param name="Path">Absolute.</param>
/// <param name="Known">Its content, where it need not be read.</param>
internal readonly record struct FinishedFile(string Path, long Size, ContentHash? Known);
