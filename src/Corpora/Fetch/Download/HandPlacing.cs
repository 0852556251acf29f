using System.Globalization;

namespace Tmrvc.Corpora;

/// <summary>Tells a person how to place a file.</summary>
internal static class HandPlacing
{
    /// <summary>For a file that only a person can get.</summary>
    /// <param name="mismatch">What is wrong with the file that lies there; null when none does.</param>
    internal static string Request(RemoteFile file, LicenceTerms licence, string folder, string? mismatch)
    {
        var found = mismatch is null ? "is not here" : $"is here, but {mismatch}";
        var terms = licence.Name.Length > 0 ? $" Accept its licence ({licence.Name}){At(licence.Page)}, then" : "";
        return $"{file.Name}: {found}, and it is placed by hand.{terms} {(terms.Length > 0 ? "download" : "Download")} {Description(file)}"
            + $"{At(file.Page)} and put it into {folder}";
    }

    internal static string WayOut(RemoteFile file, string folder) =>
        $"Check the network, or download {Description(file)} elsewhere and put it into {folder}";

    private static string At(string page) => page.Length > 0 ? $" at {page}" : "";

    private static string Description(RemoteFile file)
    {
        string[] facts =
        [
            .. file.Bytes > 0 ? [file.Bytes.ToString("#,0 bytes", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. file.Sha256.Length > 0 ? [$"SHA-256 {file.Sha256}"] : Array.Empty<string>(),
            .. file.Md5.Length > 0 ? [$"MD5 {file.Md5}"] : Array.Empty<string>(),
        ];
        return facts.Length > 0 ? $"{file.Name} ({string.Join(", ", facts)})" : file.Name;
    }
}
