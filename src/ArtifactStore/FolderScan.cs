using System.Text;

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
internal struct ScannedEntry(int nameOffset, int nameLength, EntryType type, bool isLink, FileStamp stamp)
{
    public readonly int NameOffset = nameOffset;
    public int NameLength = nameLength;
    public EntryType Type = type;
    public readonly bool IsLink = isLink;
    public FileStamp Stamp = stamp;
}

/// <summary>
/// The entries of one folder with their stamps, names as UTF-8, sorted by bytes as if folders ended in a slash: so a walk that
/// enters folders as they come yields full paths in order. Links are followed.
/// </summary>
internal sealed class FolderScan(string path, byte[] names, ScannedEntry[] entries)
{
    private const string BadName = "is not UTF-8 without control characters. Rename it.";

    public string Path { get; } = path;

    public byte[] Names { get; } = names;

    public ScannedEntry[] Entries { get; } = entries;

    public ReadOnlySpan<byte> Name(int index) => Names.AsSpan(Entries[index].NameOffset, Entries[index].NameLength);

    /// <exception cref="StorageException">The name is not UTF-8 or holds control characters.</exception>
    public string NameText(int index) => UnusableFile.IsKeepable(Name(index))
        ? Encoding.UTF8.GetString(Name(index))
        : throw new StorageException($"{Path}: the name '{UnusableFile.Printable(Name(index))}' {BadName}");

    /// <summary>Why the entry is no file to be read; null when it is one, as far as a look can tell.</summary>
    public string? Fault(int index) => Entries[index].Type switch
    {
        EntryType.DeadLink => "a link that leads nowhere. Remove it.",
        EntryType.Special => "neither file nor folder. Remove it.",
        _ => UnusableFile.IsKeepable(Name(index)) ? null : "its name " + BadName,
    };

    /// <exception cref="StorageException">The folder cannot be listed.</exception>
    public static FolderScan Read(string path) => OperatingSystem.IsLinux() ? LinuxFolder.Read(path) : PortableFolder.Read(path);
}
