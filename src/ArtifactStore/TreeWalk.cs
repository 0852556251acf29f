using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Scans a folder and what lies below, as far as the pattern reaches. Reads no file.</summary>
/// <param name="looked">When the walk began: later writes may hide behind the stamps it sees.</param>
internal sealed class TreeWalk(Glob glob, DateTimeOffset looked)
{
    public DateTimeOffset Looked { get; } = looked;

    public FolderNode Scan(string folder) => Scan(folder, [], 0);

    private FolderNode Scan(string folder, byte[] prefix, int depth)
    {
        var node = new FolderNode(FolderScan.Read(folder), prefix);
        for (var index = 0; index < node.Scan.Entries.Length; index++)
            if (node.Scan.Entries[index].Type != EntryType.Folder && glob.Matches(node.PathOf(index)))
                node.Include(index);
        if (glob.Reaches(depth + 1))
            Descend(node, depth);
        return node;
    }

    private void Descend(FolderNode node, int depth)
    {
        var folders = new List<Action>();
        for (var index = 0; index < node.Scan.Entries.Length; index++)
            if (IsWay(node.Scan, index))
                folders.Add(Entering(node, index, depth));
        if (folders.Count > 1)
            Parallel.ForEach(folders, enter => enter());
        else
            folders.ForEach(enter => enter());
    }

    private Action Entering(FolderNode node, int index, int depth)
    {
        var (path, prefix) = (Path.Combine(node.Scan.Path, node.Scan.NameText(index)), node.PathOf(index).ToArray());
        return () => node.Children[index] = Scan(path, [.. prefix, (byte)'/'], depth + 1);
    }

    /// <summary>A folder, unless a link leads back to a folder above.</summary>
    private static bool IsWay(FolderScan scan, int index)
    {
        var entry = scan.Entries[index];
        if (entry.Type != EntryType.Folder || !entry.IsLink)
            return entry.Type == EntryType.Folder;
        for (var above = scan.Path; above is not null; above = Path.GetDirectoryName(above))
            if (!OperatingSystem.IsLinux() || (Posix.TryStat(above, 0, out var status) && status.Inode == entry.Stamp.Inode))
                return false;
        return true;
    }
}
