using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Azurite;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>
/// Artifacts to a blob server and back, against the Azure library used plainly with equal parallelism: 20,000 files of 8 KB, one of 1 GiB,
/// and the question whether 40 stages are there.
/// </summary>
internal sealed class TransferBenchmark : IBenchmark
{
    private const int SmallCount = 20_000, SmallBytes = 8_000, Rounds = 3, Stages = 40, MostMebibytes = 512;
    private const long LargeBytes = 1L << 30;

    private static readonly int[] BlockBytes = [4 << 20, 8 << 20, 16 << 20];
    private static readonly BlobStoreSettings Settings = new();

    public string Name => "transfer";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        await using var server = await AzuriteServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("transfer-").FullName;
        try
        {
            var place = new TransferPlace(server, folder, Settings);
            return
            [
                .. await DecisionsAsync(place, cancellation),
                .. await SmallAsync(place, log, cancellation),
                .. await LargeAsync(place, log, cancellation),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> SmallAsync(TransferPlace place, TextWriter log, CancellationToken cancellation)
    {
        log.WriteLine($"  {SmallCount:N0} files of {SmallBytes:N0} bytes");
        var set = SyntheticFiles.Small(place.Local, place.Scratch(), SmallCount, SmallBytes);
        var ours = await OursAsync(place, set, log, cancellation);
        var container = await place.ContainerAsync();
        var sdk = new SdkTransfers(container, Settings.Parallelism);
        var push = await TimeAsync(() => sdk.UploadEachAsync(place.Local.FolderOf(set), cancellation));
        var pull = await TimeAsync(() => sdk.DownloadEachAsync(place.Scratch(), cancellation));
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a blob each: push {push:0.00} s, pull {pull:0.00} s"));
        return
        [
            Against("20,000 files of 8 KB, push", ours.Push, push, "a blob each", 10),
            Against("20,000 files of 8 KB, pull", ours.Pull, pull, "a blob each", 10),
            Memory("20,000 files of 8 KB", ours.Mebibytes),
        ];
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> LargeAsync(TransferPlace place, TextWriter log, CancellationToken cancellation)
    {
        log.WriteLine("  one file of 1 GiB");
        var set = SyntheticFiles.Large(place.Local, place.Scratch(), LargeBytes);
        var file = Path.Combine(place.Local.FolderOf(set), set.Entries[0].Name);
        var best = await BestBlockAsync(place, file, log, cancellation);
        var (ours, pushes, pulls) = (new List<Measured>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await OursAsync(place, set, log, cancellation));
            var (push, pull) = await TheirsAsync(place, file, best, cancellation);
            pushes.Add(push);
            pulls.Add(pull);
        }
        return
        [
            Against("1 GiB, push", Median(ours.Select(one => one.Push)), Median(pushes), $"blocks of {best >> 20} MiB", 0.9),
            Against("1 GiB, pull", Median(ours.Select(one => one.Pull)), Median(pulls), $"blocks of {best >> 20} MiB", 0.9),
            Memory("1 GiB", ours.Max(one => one.Mebibytes)),
        ];
    }

    private static async Task<int> BestBlockAsync(TransferPlace place, string file, TextWriter log, CancellationToken cancellation)
    {
        var times = new Dictionary<int, double>();
        foreach (var bytes in BlockBytes)
        {
            var (push, pull) = await TheirsAsync(place, file, bytes, cancellation);
            times[bytes] = push + pull;
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the library with blocks of {bytes >> 20} MiB: push {push:0.00} s, pull {pull:0.00} s"));
        }
        return times.MinBy(time => time.Value).Key;
    }

    private static async Task<(double Push, double Pull)> TheirsAsync(TransferPlace place, string file, int blockBytes, CancellationToken cancellation)
    {
        var container = await place.ContainerAsync();
        var sdk = new SdkTransfers(container, Settings.Parallelism);
        var target = Path.Combine(place.Scratch(), "file");
        var push = await TimeAsync(() => sdk.UploadAsync(file, "file", blockBytes, cancellation));
        var pull = await TimeAsync(() => sdk.DownloadAsync(target, "file", blockBytes, cancellation));
        File.Delete(target);
        await container.DeleteAsync(cancellationToken: cancellation);
        return (push, pull);
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> DecisionsAsync(TransferPlace place, CancellationToken cancellation)
    {
        var container = await place.ContainerAsync();
        using (var store = place.Open(container))
            for (var stage = 0; stage < Stages; stage += 2)
                await store.AddRecordAsync(Key(stage), new EntrySet([]), new byte[20_000], cancellation);
        using var counting = new CountingHandler();
        using var asked = place.Open(container, counting);
        var found = new byte[]?[Stages];
        var seconds = await TimeAsync(() => Parallel.ForAsync(0, Stages, cancellation, async (stage, inner) =>
            found[stage] = await asked.FindRecordAsync(Key(stage), inner)));
        var isRight = found.Select((document, stage) => document is not null == (stage % 2 == 0)).All(right => right);
        return
        [
            new("hit or miss of 40 stages", seconds * 1000, "ms", Bar: "< 1,000 ms", Pass: isRight && seconds < 1),
            new("requests for that", counting.Requests, "", Bar: "≤ 40", Pass: counting.Requests <= Stages),
        ];
    }

    private static ContentHash Key(int stage) => ContentHash.Of([(byte)stage]);

    private readonly record struct Measured(double Push, double Pull, double Mebibytes);

    private static async Task<Measured> OursAsync(TransferPlace place, EntrySet set, TextWriter log, CancellationToken cancellation)
    {
        var container = await place.ContainerAsync();
        var machine = new LocalStore(place.Scratch(), TimeProvider.System);
        using var store = place.Open(container);
        PeakMemory.Reset();
        var push = await TimeAsync(() => store.PushAsync(set, place.Local, null, cancellation));
        var pull = await TimeAsync(async () =>
        {
            if (!await store.PullAsync(set, machine, null, cancellation))
                throw new InvalidOperationException("Transfer: what was pushed could not be pulled.");
        });
        var peak = PeakMemory.Mebibytes();
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ours: push {push:0.00} s, pull {pull:0.00} s, {peak:0} MiB"));
        await container.DeleteAsync(cancellationToken: cancellation);
        return new Measured(push, pull, peak);
    }

    private static BenchmarkResult Against(string what, double ours, double theirs, string how, double bar) => new(
        what, ours, "s", string.Create(CultureInfo.InvariantCulture, $"{how}: {theirs:0.00} s"), theirs / ours, $"ratio ≥ {bar}", theirs / ours >= bar);

    private static BenchmarkResult Memory(string what, double mebibytes) =>
        new($"{what}, peak memory", mebibytes, "MiB", Bar: $"< {MostMebibytes} MiB", Pass: mebibytes < MostMebibytes);

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
