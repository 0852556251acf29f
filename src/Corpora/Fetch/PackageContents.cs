namespace Tmrvc.Corpora;

/// <summary>Unpacks a .deb without installing it.</summary>
internal static class PackageContents
{
    /// <exception cref="FetchException">dpkg-deb is missing or cannot read the file.</exception>
    internal static async Task UnpackAsync(string package, string target, CancellationToken cancellation)
    {
        var result = await ExternalProgram.RunAsync("dpkg-deb", target, ["-x", package, target], cancellation)
            ?? throw new FetchException("dpkg-deb: is not on this machine; it unpacks the embedded corpus (Debian package dpkg)");
        if (result.ExitCode != 0)
            throw new FetchException($"{package}: dpkg-deb cannot unpack it: {result.StandardError.Trim()}; is the disk full?");
    }
}
