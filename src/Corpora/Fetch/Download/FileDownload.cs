namespace Tmrvc.Corpora;

/// <summary>Brings one file of a stage into its folder, or finds that it is there already.</summary>
/// <param name="folder">Absolute.</param>
internal sealed class FileDownload(
    RemoteFile file, DownloadSettings settings, string folder, ExpectedContent expected, DownloadSession session)
{
    private readonly string _path = Path.Combine(folder, file.Name);
    private readonly PartialFile _partial = new(Path.Combine(folder, file.Name));

    /// <exception cref="FetchException">The file is neither here nor to be had; the message says what to do.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var here = File.Exists(_path) ? await LookAsync(_path, cancellation) : null;
        if (here is { Mismatch: null })
        {
            session.Meter.Found(here.Length);
            return;
        }
        var addresses = Mirror.Of(file, settings);
        if (addresses.Count == 0)
            throw new FetchException(HandPlacing.Request(file, settings.Licence, folder, here?.Mismatch));
        if (here is not null)
            session.Meter.Restarted($"{_path}: {here.Mismatch}; a download will replace the file");
        session.Meter.Found(_partial.BytesDone);
        await TryAllAsync(addresses, cancellation);
    }

    private async Task TryAllAsync(IReadOnlyList<Uri> addresses, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var address in addresses)
        {
            if (await TryAsync(address, cancellation) is not { } problem)
                return;
            problems.Add($"{address}: {problem}");
        }
        throw new FetchException($"{file.Name}: {string.Join("; ", problems)}. {HandPlacing.WayOut(file, folder)}");
    }

    /// <returns>Null when the file is here; else why the address is of no use.</returns>
    private async Task<string?> TryAsync(Uri address, CancellationToken cancellation)
    {
        var transfer = new FileTransfer(file, _partial, session);
        var (wrong, problem) = ("", "");
        for (var pass = 1; pass <= settings.Transfer.Attempts; pass++)
        {
            if (pass > 1)
                session.Meter.Restarted($"{file.Name}: {problem}; it is downloaded again");
            try
            {
                await transfer.RunAsync(address, expected.IsKnown, cancellation);
            }
            catch (RemoteChangedException changed)
            {
                problem = changed.Message;
                Drop(_partial.BytesDone);
                continue;
            }
            catch (Exception cause) when (cause is TransferException or MirrorException)
            {
                return cause.Message;
            }
            var finding = await LookAsync(_partial.Path, cancellation);
            if (finding.Mismatch is null)
                return Finish();
            Drop(finding.Length);
            if (finding.Digest == wrong)
                return finding.Mismatch + ", twice the same";
            (wrong, problem) = (finding.Digest, finding.Mismatch);
        }
        return $"{problem}; {settings.Transfer.Attempts} downloads in a row came to nothing";
    }

    private Task<ContentFinding> LookAsync(string path, CancellationToken cancellation)
    {
        session.Meter.Checking(file.Name);
        return expected.LookAsync(path, cancellation);
    }

    private string? Finish()
    {
        _partial.Finish();
        return null;
    }

    private void Drop(long bytes)
    {
        session.Meter.Lost(bytes);
        _partial.Discard();
    }
}
