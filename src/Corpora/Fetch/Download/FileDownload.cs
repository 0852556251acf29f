namespace Tmrvc.Corpora;

/// <summary>Brings one file of a stage into its folder, or finds that it is there already.</summary>
/// <param name="folder">Absolute.</param>
/// <param name="requireSpace">Given the length of a file that nobody declared, before it is begun; throws where it does not fit.</param>
internal sealed class FileDownload(
    RemoteFile file, DownloadSettings settings, string folder, ExpectedContent expected, DownloadSession session, FileMeter meter,
    Action<long> requireSpace)
{
    private readonly string _path = Path.Combine(folder, file.Name);
    private readonly PartialFile _partial = new(Path.Combine(folder, file.Name));

    /// <exception cref="FetchException">The file is neither here nor to be had; the message says what to do.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var here = File.Exists(_path) ? await LookAsync(_path, cancellation) : null;
        if (here is { Mismatch: null })
        {
            meter.Begin(here.Length, here.Length);
            _partial.Discard();
            return;
        }
        var addresses = Mirror.Of(file, settings);
        if (addresses.Count == 0)
            throw new FetchException(HandPlacing.Request(file, settings.Licence, folder, here?.Mismatch));
        if (here is not null)
            meter.Restart($"it is in {folder}, but {here.Mismatch}; a download will replace it");
        await TryAllAsync(addresses, cancellation);
    }

    private async Task TryAllAsync(IReadOnlyList<Uri> addresses, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var address in addresses)
            try
            {
                await TryAsync(address, cancellation);
                if (address.Scheme == Uri.UriSchemeHttp && !expected.IsKnown)
                    meter.Note("came over an unprotected connection, and no checksum tells that it is the right one: this download is pinned as "
                        + "it is. Compare its SHA-256 in the lock file with that of somebody else");
                return;
            }
            catch (Exception problem) when (problem is TransferException or MirrorException)
            {
                problems.Add($"{address}: {problem.Message}");
            }
        throw new FetchException($"{file.Name}: {string.Join("; ", problems)}. {HandPlacing.WayOut(file, folder)}");
    }

    /// <exception cref="TransferException">The address did not answer.</exception>
    /// <exception cref="MirrorException">It does not have the file.</exception>
    private async Task TryAsync(Uri address, CancellationToken cancellation)
    {
        var transfer = new FileTransfer(file, _partial, session, meter, requireSpace);
        var before = await BringAsync(transfer, address, cancellation);
        for (var pass = 1; before.Mismatch is not null; pass++)
        {
            if (pass == settings.Transfer.Attempts)
                throw new MirrorException($"{before.Mismatch}; {pass} downloads in a row came to nothing");
            meter.Restart($"{before.Mismatch}; it is downloaded again");
            var finding = await BringAsync(transfer, address, cancellation);
            if (finding.Mismatch is not null && finding.Digest.Length > 0 && finding.Digest == before.Digest)
                throw new MirrorException(finding.Mismatch + ", twice the same");
            before = finding;
        }
    }

    /// <returns>What arrived; it has its name now, or was dropped. Without a digest when it changed on the way.</returns>
    private async Task<ContentFinding> BringAsync(FileTransfer transfer, Uri address, CancellationToken cancellation)
    {
        try
        {
            await transfer.RunAsync(address, expected.IsKnown, cancellation);
        }
        catch (RemoteChangedException changed)
        {
            _partial.Discard();
            return new ContentFinding(0, "", changed.Message);
        }
        var finding = await LookAsync(_partial.Path, cancellation);
        if (finding.Mismatch is null)
            _partial.Finish();
        else
            _partial.Discard();
        return finding;
    }

    private Task<ContentFinding> LookAsync(string path, CancellationToken cancellation)
    {
        meter.Check();
        return expected.LookAsync(path, cancellation);
    }
}
