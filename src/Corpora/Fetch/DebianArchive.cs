namespace Tmrvc.Corpora;

/// <summary>
/// Downloads packages with apt-get, from the archives the machine is set up for, without installing anything and without root:
/// lists, caches and locks live in a private folder. The machine's own package lists are tried first; when they are empty or too
/// old, private ones are fetched.
/// </summary>
internal sealed class DebianArchive(string aptGet, string privateFolder)
{
    private bool _hasOwnLists;

    /// <summary>
    /// Leaves <see cref="DebianPackage.FileName"/> in <paramref name="target"/>; its checksum is not looked at.
    /// </summary>
    /// <exception cref="TransferException">apt-get failed.</exception>
    /// <exception cref="FetchException">There is no apt-get here.</exception>
    internal async Task DownloadAsync(DebianPackage package, string target, CancellationToken cancellation)
    {
        string[] download = ["download", $"{package.Name}={package.Version}"];
        if (!_hasOwnLists && await RunAsync([.. Caches, .. download], target, cancellation) is null)
            return;
        var updateFailure = await UpdateAsync(cancellation);
        if (await RunAsync([.. Caches, .. Lists, .. download], target, cancellation) is { } failure)
            throw new TransferException(
                $"apt-get download: {failure}{(updateFailure is null ? "" : $"; apt-get update: {updateFailure}")}");
    }

    /// <summary>
    /// One archive of several may fail to answer and the package still be found, so a failure is only remembered.
    /// </summary>
    private async Task<string?> UpdateAsync(CancellationToken cancellation)
    {
        if (_hasOwnLists)
            return null;
        Directory.CreateDirectory(Path.Combine(privateFolder, "lists", "partial"));
        var failure = await RunAsync(
            [.. Caches, .. Lists, "-o", "APT::Update::Error-Mode=any", "update"], privateFolder, cancellation);
        _hasOwnLists = failure is null;
        return failure;
    }

    private string[] Caches =>
    [
        "-qq", "-o", $"Dir::Cache={Path.Combine(privateFolder, "cache")}",
        "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
        "-o", "APT::Sandbox::User=", "-o", "Acquire::Languages=none",
        "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=30",
    ];

    private string[] Lists => ["-o", $"Dir::State::Lists={Path.Combine(privateFolder, "lists")}"];

    /// <returns>Null after success, else what apt-get complained about.</returns>
    private async Task<string?> RunAsync(string[] arguments, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(privateFolder, "cache", "archives", "partial"));
        var result = await ExternalProgram.RunAsync(aptGet, folder, arguments, cancellation)
            ?? throw new FetchException($"{aptGet}: is not on this machine, and the embedded corpus comes as Debian packages");
        return result.ExitCode == 0 ? null : Complaint(result);
    }

    private static string Complaint(ExternalProgram.Result result)
    {
        var lines = result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var errors = lines.Where(line => line.StartsWith("E:", StringComparison.Ordinal))
            .Select(line => line[2..].Trim()).Take(3).ToList();
        return errors.Count > 0 ? string.Join("; ", errors) : $"exit code {result.ExitCode}";
    }
}
