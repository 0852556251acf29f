using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>What a download stage brings here. Where it comes from does not enter the stage's key; what it is does.</summary>
public sealed record DownloadSettings : IValidated
{
    public IReadOnlyList<RemoteFile> Files { get; init; } = [];

    /// <summary>
    /// Addresses of folders that hold every file under its name, in the order in which they are tried. A file without any address is
    /// one that a person places by hand.
    /// </summary>
    [RuntimeOnly]
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    [Cosmetic]
    public LicenceTerms Licence { get; init; } = new();

    /// <summary>About what the archives unpack to, for the check of free space; 0 for files that are not unpacked.</summary>
    [RuntimeOnly]
    public long ExtractedBytes { get; init; }

    [RuntimeOnly]
    public RangedTransferSettings Transfer { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Files.Count == 0)
            yield return ("files", "is empty, one file or more is needed");
        foreach (var twice in Files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            yield return ("files", $"'{twice.Key}' is listed {twice.Count()} times, once is allowed");
        foreach (var mirror in Mirrors.Where(mirror => !Mirror.IsUsable(mirror)))
            yield return ("mirrors", $"found '{mirror}', a folder's address that begins with https://, http:// or file:/// is allowed");
        if (ExtractedBytes < 0)
            yield return ("extracted_bytes", $"found {ExtractedBytes}, 0 (nothing is unpacked) and above are allowed");
    }
}
