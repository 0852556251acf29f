using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Content hashes of files and folders, reading only files whose stamp the index does not know. Safe for several threads.</summary>
public sealed class ContentHasher(StatIndex index, TimeProvider clock)
{
    private long _filesHashed;

    /// <summary>Files whose bytes were read so far.</summary>
    public long FilesHashed => Interlocked.Read(ref _filesHashed);

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public ContentHash? HashOf(string path)
    {
        var looked = clock.GetUtcNow();
        if (Stamp(path) is not { } stamp)
            return null;
        var (folder, name) = (Path.GetDirectoryName(path)!, Encoding.UTF8.GetBytes(Path.GetFileName(path)));
        if (index.Find(folder).HashOf(name, stamp) is { } known)
            return known;
        var hash = Compute(path);
        if (stamp.IsTellingAt(looked))
            index.Update(folder, files => files.With(name, stamp, hash));
        return hash;
    }

    /// <summary>The tree of a folder's files that match.</summary>
    /// <returns>Null when there is no such folder.</returns>
    /// <exception cref="StorageException">The folder cannot be listed, a file not read, or a name not kept in a manifest.</exception>
    public FileTree? TreeOf(string folder, Glob glob)
    {
        var tree = TreeOf(folder, glob, out var unusable);
        return unusable.Count == 0
            ? tree
            : throw new StorageException($"{Path.Combine(folder, unusable[0].Path)}: {unusable[0].Reason}");
    }

    /// <summary>The tree of a folder's files that match and can be used.</summary>
    /// <param name="unusable">Those that cannot, by path (ordinal).</param>
    /// <returns>Null when there is no such folder.</returns>
    /// <exception cref="StorageException">A folder cannot be listed, or its name not kept in a manifest.</exception>
    public FileTree? TreeOf(string folder, Glob glob, out IReadOnlyList<UnusableFile> unusable)
    {
        unusable = [];
        if (!Directory.Exists(folder))
            return null;
        var walk = new TreeWalk(glob, clock.GetUtcNow());
        var root = walk.Scan(folder);
        var nodes = root.All();
        HashAll(nodes, walk.Looked);
        unusable = [.. nodes.SelectMany(node => node.Unusable).OrderBy(file => file.Path, StringComparer.Ordinal)];
        return TreeText.Write(root);
    }

    private void HashAll(List<FolderNode> nodes, DateTimeOffset looked)
    {
        var unknown = new List<UnknownFile>();
        foreach (var node in nodes)
        {
            node.TakeKnown(index.Find(node.Scan.Path));
            node.AddUnknown(unknown);
        }
        if (unknown.Count > 0)
            Parallel.ForEach(unknown, Hash);
        foreach (var node in nodes)
            if (node.Learnt)
                index.Update(node.Scan.Path, _ => node.ToIndex(looked));
    }

    private void Hash(UnknownFile file)
    {
        try
        {
            file.Node.Hashes[file.Index] = Compute(file.Path);
        }
        catch (StorageException fault)
        {
            file.Node.LeaveOut(file.Index, $"cannot be read ({fault.InnerException?.Message}).");
        }
    }

    private ContentHash Compute(string path)
    {
        Interlocked.Increment(ref _filesHashed);
        return FileHash.Compute(path);
    }

    private static FileStamp? Stamp(string path)
    {
        if (OperatingSystem.IsLinux())
            return Posix.TryStat(path, 0, out var status) && status.IsFile
                ? new FileStamp((long)status.Size, status.Modified.TotalNanoseconds, status.Inode)
                : null;
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, FileStamp.Nanoseconds(file.LastWriteTimeUtc), 0) : null;
    }
}
