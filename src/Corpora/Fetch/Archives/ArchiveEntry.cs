namespace Tmrvc.Corpora;

internal enum EntryType
{
    File,
    Folder,

    /// <summary>A link, a device, or anything else that is neither file nor folder.</summary>
    Special,
}

/// <summary>What an archive says of one of its entries. Nothing of it is to be trusted.</summary>
/// <param name="Archive">File name, for messages.</param>
/// <param name="Name">As it stands in the archive.</param>
/// <param name="Length">Bytes when unpacked.</param>
/// <param name="Description">Of a special entry, such as <c>a symbolic link</c>.</param>
internal sealed record ArchiveEntry(string Archive, string Name, EntryType Type, long Length, string Description = "")
{
    internal ArchiveException Refused(string why) => new($"{Archive}: entry '{Printable(Name)}' {why}");

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}
