using System.Security.Cryptography;

namespace Tmrvc.Corpora;

/// <summary>The folder of package files, data/raw/prompts: filled by downloads, or by hand where there is no network.</summary>
internal sealed class PackageFiles(string folder, Action<string> report)
{
    internal string PathOf(DebianPackage package) => Path.Combine(folder, package.FileName);

    /// <summary>
    /// Whether the package is here with the pinned content. A file with other content is reported and counts as absent.
    /// </summary>
    internal bool Has(DebianPackage package)
    {
        var path = PathOf(package);
        if (!File.Exists(path))
            return false;
        var found = Checksum(path);
        if (found == package.Sha256)
            return true;
        report($"{path}: SHA-256 is {found}, {package.Sha256} is pinned; a download will replace the file");
        return false;
    }

    /// <summary>Moves a downloaded file here.</summary>
    /// <exception cref="TransferException">Its checksum is not the pinned one; it was deleted.</exception>
    internal void Accept(DebianPackage package, string downloaded)
    {
        var found = Checksum(downloaded);
        if (found != package.Sha256)
        {
            File.Delete(downloaded);
            throw new TransferException($"{package.FileName}: SHA-256 of the download is {found}, {package.Sha256} is pinned");
        }
        Directory.CreateDirectory(folder);
        var partial = PathOf(package) + ".partial";
        File.Copy(downloaded, partial, overwrite: true);
        File.Move(partial, PathOf(package), overwrite: true);
        File.Delete(downloaded);
    }

    private static string Checksum(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
