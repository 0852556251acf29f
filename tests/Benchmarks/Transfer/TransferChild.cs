using System.Diagnostics;
using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.CacheWorker;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>Moves one set round by round in a process of its own, so that its memory is nobody else's. Rounds come line by line.</summary>
/// <param name="store">Folder of the store that has the set.</param>
internal sealed class TransferChild(string store, EntrySet set)
{
    /// <summary>First argument of such a process; the folder of the store and a file that names the set follow.</summary>
    public const string Verb = "transfer-child";

    private readonly LocalStore _local = new(store, TimeProvider.System);

    public static async Task RunAsync(string[] arguments, TextReader rounds, TextWriter results)
    {
        var child = new TransferChild(arguments[1], SetFile.Read(arguments[2]));
        while (await rounds.ReadLineAsync() is { } line)
            await results.WriteLineAsync((await child.RunAsync(Round.Parse(line))).ToString());
    }

    private Task<Measured> RunAsync(Round round) => round.Way == Way.Ours ? OursAsync(round) : TheirsAsync(round);

    private async Task<Measured> OursAsync(Round round)
    {
        var machine = new LocalStore(round.Target, TimeProvider.System);
        using var shared = BlobStore.Open(
            new CacheAddressParser(_ => null).Parse(round.Container),
            new BlobStoreOptions { Clock = TimeProvider.System, Tell = Console.Error.WriteLine });
        return await MeasureAsync(
            () => shared.PushAsync(set, _local, null, default),
            async () =>
            {
                if (!await shared.PullAsync(set, machine, null, default))
                    throw new InvalidOperationException("Transfer: what was pushed could not be pulled.");
            });
    }

    private Task<Measured> TheirsAsync(Round round)
    {
        var sdk = new SdkTransfers(new BlobContainerClient(new Uri(round.Container)), new BlobStoreSettings().Parallelism);
        var folder = _local.FolderOf(set);
        return round.Way == Way.EachFile
            ? MeasureAsync(() => sdk.UploadEachAsync(folder, default), () => sdk.DownloadEachAsync(round.Target, default))
            : MeasureAsync(
                () => sdk.UploadAsync(Path.Combine(folder, set.Entries[0].Name), "file", round.BlockBytes, default),
                () => sdk.DownloadAsync(Path.Combine(round.Target, "file"), "file", round.BlockBytes, default));
    }

    private static async Task<Measured> MeasureAsync(Func<Task> push, Func<Task> pull) =>
        new(await TimeAsync(push), await TimeAsync(pull), PeakMemory.Mebibytes());

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
