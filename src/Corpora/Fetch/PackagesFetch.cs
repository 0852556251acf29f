using Polly;
using Polly.Timeout;

namespace Tmrvc.Corpora;

/// <summary>Brings Debian packages here and unpacks them, one over the other.</summary>
/// <param name="rawFolder">Absolute; package files are kept here, and taken from here when a person placed them.</param>
/// <param name="scratch">Absolute; may be deleted afterwards.</param>
/// <param name="aptGet">Program name or path.</param>
internal sealed class PackagesFetch(
    IReadOnlyList<DebianPackage> packages, TransferSettings transfer, string rawFolder, string scratch, TimeProvider clock,
    Action<string> report, string aptGet = "apt-get")
{
    private readonly PackageFiles _files = new(rawFolder, report);
    private readonly DebianArchive _archive = new(aptGet, Path.Combine(scratch, "apt"));

    /// <returns>Where the contents are: a folder in the scratch.</returns>
    /// <exception cref="FetchException">A package is neither here nor to be had.</exception>
    internal async Task<string> UnpackAsync(IProgress<BuildGraph.StageProgress> progress, CancellationToken cancellation)
    {
        var pipeline = TransferPipeline.Create(transfer, clock, report);
        var contents = Directory.CreateDirectory(Path.Combine(scratch, "contents")).FullName;
        for (var i = 0; i < packages.Count; i++)
        {
            progress.Report(new(i, packages.Count, "packages", packages[i].Name));
            if (!_files.Has(packages[i]))
                await DownloadAsync(packages[i], pipeline, cancellation);
            await PackageContents.UnpackAsync(_files.PathOf(packages[i]), contents, cancellation);
        }
        return contents;
    }

    private async Task DownloadAsync(DebianPackage package, ResiliencePipeline pipeline, CancellationToken cancellation)
    {
        var downloads = Directory.CreateDirectory(Path.Combine(scratch, "downloads")).FullName;
        try
        {
            await pipeline.ExecuteAsync(async token =>
            {
                await _archive.DownloadAsync(package, downloads, token);
                _files.Accept(package, Path.Combine(downloads, package.FileName));
            }, cancellation);
        }
        catch (Exception e) when (e is TransferException or FetchException or TimeoutRejectedException)
        {
            throw new FetchException(
                $"{package.Name} {package.Version}: {e.Message}. Check the network and the machine's apt sources, or download "
                + $"{package.FileName} elsewhere (SHA-256 {package.Sha256}) and place it in {rawFolder}", e);
        }
    }
}
