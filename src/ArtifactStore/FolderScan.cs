using System.Text;
using System.Text.Unicode;

namespace Tmrvc.ArtifactStore;

internal enum EntryType : byte
{
    File,
    Folder,

    /// <summary>A symbolic link that leads nowhere.</summary>
    DeadLink,

    /// <summary>A socket, a device, a pipe.</summary>
    Special,
}

/// <summary>One entry of a scanned folder; its name is a range of <see cref="FolderScan.Names"/>.</summary>
internal record struct ScannedEntry(int NameOffset, int NameLength, EntryType Type, bool IsLink, uint Links, FileStamp Stamp);

/// <summary>
/// The entries of one folder with their stamps, names as UTF-8, sorted by bytes as if folders ended in a slash: so a walk that
/// enters folders as they come yields full paths in order. Links are followed.
/// </summary>
internal sealed class FolderScan(string path, byte[] names, ScannedEntry[] entries)
{
    public string Path { get; } = path;

    public byte[] Names { get; } = names;

    public ScannedEntry[] Entries { get; } = entries;

    public ReadOnlySpan<byte> Name(int index) => Names.AsSpan(Entries[index].NameOffset, Entries[index].NameLength);

    /// <exception cref="StorageException">The name is not UTF-8 or holds control characters.</exception>
    public string NameText(int index)
    {
        CheckName(index);
        return Encoding.UTF8.GetString(Name(index));
    }

    /// <exception cref="StorageException">The name is not UTF-8 or holds control characters.</exception>
    public void CheckName(int index)
    {
        var name = Name(index);
        if (!Utf8.IsValid(name) || name.IndexOfAnyInRange((byte)0, (byte)31) >= 0)
            throw new StorageException($"{Path}: the name '{Encoding.UTF8.GetString(name)}' is not UTF-8 without control characters. Rename the file.");
    }

    /// <exception cref="StorageException">The folder cannot be listed.</exception>
    public static FolderScan Read(string path)
    {
        var (names, entries) = OperatingSystem.IsLinux() ? LinuxFolder.Read(path) : PortableFolder.Read(path);
        Array.Sort(entries, new ByName(names));
        return new FolderScan(path, names, entries);
    }

    private sealed class ByName(byte[] names) : IComparer<ScannedEntry>
    {
        public int Compare(ScannedEntry x, ScannedEntry y)
        {
            var first = names.AsSpan(x.NameOffset, x.NameLength);
            var second = names.AsSpan(y.NameOffset, y.NameLength);
            var common = Math.Min(first.Length, second.Length);
            var order = first[..common].SequenceCompareTo(second[..common]);
            return order != 0 ? order : Next(first, common, x.Type) - Next(second, common, y.Type);
        }

        private static int Next(ReadOnlySpan<byte> name, int index, EntryType type) =>
            index < name.Length ? name[index] : type == EntryType.Folder ? '/' : 0;
    }
}
