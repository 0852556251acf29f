using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// A folder of checkpoints packed for the way between machines, in a small store of its own that is gone afterwards. What is being
/// written, or is no plain name, stays behind.
/// </summary>
internal sealed class CheckpointParcel : IDisposable
{
    private const int Attempts = 3;

    /// <summary>Of files beside the checkpoints that travel with them: what they took, and what they were extended from.</summary>
    private static readonly string[] Notes = [TimeTaken.NoteName, Extension.NoteName];

    private readonly string _folder;

    private CheckpointParcel(string folder, TimeProvider clock) =>
        (_folder, Store) = (folder, new LocalStore(Path.Combine(folder, "store"), clock));

    public LocalStore Store { get; }

    /// <param name="folder">On the same file system as the checkpoints; what lies there is deleted.</param>
    public static CheckpointParcel Begin(string folder, TimeProvider clock)
    {
        Folders.Delete(folder);
        return GoOn(folder, clock);
    }

    /// <param name="folder">On the same file system as the checkpoints; holds what arrived before a break.</param>
    public static CheckpointParcel GoOn(string folder, TimeProvider clock) => new(folder, clock);

    /// <summary>Names in the folder that travel.</summary>
    public static IReadOnlyList<string> Names(string checkpoints) => Directory.Exists(checkpoints)
        ?
        [
            .. Directory.EnumerateFileSystemEntries(checkpoints).Select(path => Path.GetFileName(path))
                .Where(GraphValidation.IsFileName).Order(StringComparer.Ordinal),
        ]
        : [];

    /// <returns>Null when there is nothing, or the folder did not hold still.</returns>
    /// <exception cref="StorageException"/>
    public EntrySet? Pack(string checkpoints)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var copy = Path.Combine(_folder, "copy");
            Folders.Delete(copy);
            if (TryCopy(checkpoints, Folders.Create(copy)))
                return Names(copy).Count > 0 ? Store.Publish(WithNotes(copy, checkpoints)) : null;
        }
        return null;
    }

    /// <summary>What the checkpoints are, however long they took.</summary>
    public static ContentHash HashOf(EntrySet set) => new EntrySet([.. set.Entries.Where(entry => !Notes.Contains(entry.Name[1..]))]).Hash;

    /// <summary>Puts what has been pulled in the place of what is there, writable.</summary>
    /// <returns>False when something of it is missing or damaged.</returns>
    /// <exception cref="StorageException"/>
    public bool TryUnpack(EntrySet set, string checkpoints)
    {
        if (!Store.TryRestore(set))
            return false;
        var folder = Store.FolderOf(set);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Seal.Open(path);
        foreach (var note in Notes)
        {
            File.Delete(Beside(checkpoints, note));
            if (File.Exists(Path.Combine(folder, NameOf(note))))
                File.Move(Path.Combine(folder, NameOf(note)), Beside(checkpoints, note));
        }
        Folders.Delete(checkpoints);
        Directory.Move(folder, checkpoints);
        return true;
    }

    public void Dispose() => Folders.Delete(_folder);

    private static string WithNotes(string copy, string checkpoints)
    {
        foreach (var note in Notes.Where(note => File.Exists(Beside(checkpoints, note))))
            File.Copy(Beside(checkpoints, note), Path.Combine(copy, NameOf(note)));
        return copy;
    }

    /// <summary>Sorts before checkpoints.</summary>
    private static string NameOf(string note) => "-" + note;

    private static string Beside(string checkpoints, string note) => Path.Combine(Path.GetDirectoryName(checkpoints)!, note);

    /// <returns>False when a file came or went meanwhile.</returns>
    private static bool TryCopy(string source, string copy)
    {
        try
        {
            var files = Files(source);
            foreach (var file in files)
            {
                var path = Path.Combine(copy, file);
                Folders.Create(Path.GetDirectoryName(path)!);
                File.Copy(Path.Combine(source, file), path);
            }
            return Files(source).SequenceEqual(files);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(copy, cause);
        }
    }

    private static IReadOnlyList<string> Files(string folder) =>
    [
        .. Names(folder).Select(name => Path.Combine(folder, name))
            .SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path])
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal),
    ];
}
