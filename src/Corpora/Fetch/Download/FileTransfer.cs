using Polly;

namespace Tmrvc.Corpora;

/// <summary>
/// Brings one file from one address into its partial file: in parts, several at a time, going on where an earlier run ended; as a
/// whole where there are no parts to be had.
/// </summary>
internal sealed class FileTransfer
{
    private readonly RemoteFile _file;
    private readonly PartialFile _partial;
    private readonly DownloadSession _session;
    private readonly FileMeter _meter;
    private readonly Action<long> _requireSpace;
    private readonly ResiliencePipeline _pipeline;

    internal FileTransfer(RemoteFile file, PartialFile partial, DownloadSession session, FileMeter meter, Action<long> requireSpace)
    {
        (_file, _partial, _session, _meter, _requireSpace) = (file, partial, session, meter, requireSpace);
        _pipeline = TransferPipeline.Create(session.Settings, session.Clock, meter.Retry);
    }

    /// <param name="contentIsKnown">Whether a checksum will tell what arrived; parts of another address are then good enough to go on with.</param>
    /// <exception cref="TransferException">Every attempt failed.</exception>
    /// <exception cref="MirrorException">The address is of no use.</exception>
    /// <exception cref="RemoteChangedException">The file at the address is another one than when the download began.</exception>
    internal async Task RunAsync(Uri address, bool contentIsKnown, CancellationToken cancellation)
    {
        if (_partial.Known() is { IsComplete: true })
            return;
        var whole = new WholeTransfer(_file, _partial, _pipeline, _meter);
        if (address.IsFile)
            await whole.RunAsync(address.LocalPath, cancellation);
        else if (_session.Open(address) is var source
            && await _pipeline.ExecuteAsync(async token => await source.ProbeAsync(token), cancellation) is { Length: > 0 } version)
            await FetchPartsAsync(source, JournalOf(address, version, contentIsKnown), cancellation);
        else
            await whole.RunAsync(source, cancellation);
    }

    private PartJournal JournalOf(Uri address, RemoteVersion version, bool contentIsKnown)
    {
        if (_file.Bytes > 0 && version.Length != _file.Bytes)
            throw new MirrorException($"has {version.Length} bytes, {_file.Bytes} are declared");
        if (_partial.Known() is { } journal)
        {
            if (journal.Address == address && journal.Version == version)
                return journal;
            if (journal.Address != address && journal.Version.Length == version.Length && contentIsKnown)
                return journal.MovedTo(address, version);
            _meter.Restart($"it was {journal.Version} and is now {version}; the partial file is dropped");
        }
        if (_file.Bytes == 0)
            _requireSpace(version.Length);
        return _partial.Begin(address, version, (long)(_session.Settings.PartMebibytes * 1024 * 1024));
    }

    private async Task FetchPartsAsync(RemoteSource source, PartJournal journal, CancellationToken cancellation)
    {
        _meter.Begin(journal.BytesDone, journal.Version.Length);
        using var handle = _partial.Open();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _session.Settings.Connections, CancellationToken = cancellation };
        await Parallel.ForEachAsync(journal.Missing.ToArray(), options, async (part, token) =>
        {
            await _session.Slots.WaitAsync(token);
            try
            {
                var fetch = new PartFetch(source, journal, part, handle, _meter);
                while (!fetch.IsComplete)
                    await _pipeline.ExecuteAsync(async inner => await fetch.ContinueAsync(inner), token);
                fetch.Complete();
            }
            finally
            {
                _session.Slots.Release();
            }
        });
    }
}
