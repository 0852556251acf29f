using System.Globalization;
using Tmrvc.ArtifactStore;
using Tmrvc.Azurite;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>
/// Artifacts to a blob server and back, against the Azure library used plainly with equal parallelism: 20,000 files of 8 KB, one of 1 GiB,
/// and the question whether 40 stages are there. Ours and theirs move in processes of their own, each through all its rounds.
/// </summary>
internal sealed class TransferBenchmark : IBenchmark
{
    private const int SmallCount = 20_000, SmallBytes = 8_000, Rounds = 3, MostMebibytes = 512;
    private const long LargeBytes = 1L << 30;

    private static readonly int[] BlockBytes = [4 << 20, 8 << 20, 16 << 20];

    public string Name => "transfer";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        await using var server = await AzuriteServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("transfer-").FullName;
        try
        {
            var place = new TransferPlace(server, folder);
            return
            [
                .. await Decisions.MeasureAsync(place, cancellation),
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
        var (ours, theirs) = await RoundsAsync(place, set, Way.EachFile, 0, "a blob each", log, cancellation);
        return
        [
            Against("20,000 files of 8 KB, push", Median(ours, one => one.Push), Median(theirs, one => one.Push), "a blob each", 10),
            Against("20,000 files of 8 KB, pull", Median(ours, one => one.Pull), Median(theirs, one => one.Pull), "a blob each", 10),
            Memory("20,000 files of 8 KB, three times", ours[^1].Mebibytes, theirs[^1].Mebibytes),
        ];
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> LargeAsync(TransferPlace place, TextWriter log, CancellationToken cancellation)
    {
        log.WriteLine("  one file of 1 GiB");
        var set = SyntheticFiles.Large(place.Local, place.Scratch(), LargeBytes);
        var best = await BestBlockAsync(place, set, log, cancellation);
        var (ours, theirs) = await RoundsAsync(place, set, Way.Blocks, best, "the library", log, cancellation);
        var how = $"blocks of {best >> 20} MiB";
        return
        [
            Against("1 GiB, push", Median(ours, one => one.Push), Median(theirs, one => one.Push), how, 0.9),
            Against("1 GiB, pull", Median(ours, one => one.Pull), Median(theirs, one => one.Pull), how, 0.9),
            Memory("1 GiB, three times", ours[^1].Mebibytes, theirs[^1].Mebibytes),
        ];
    }

    /// <summary>In turns.</summary>
    private static async Task<(List<Measured> Ours, List<Measured> Theirs)> RoundsAsync(
        TransferPlace place, EntrySet set, Way other, int blockBytes, string name, TextWriter log, CancellationToken cancellation)
    {
        using var us = place.Start(set);
        using var them = place.Start(set);
        var (ours, theirs) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Log(await place.RunAsync(us, Way.Ours, 0, cancellation), "ours", log));
            theirs.Add(Log(await place.RunAsync(them, other, blockBytes, cancellation), name, log));
        }
        return (ours, theirs);
    }

    private static async Task<int> BestBlockAsync(TransferPlace place, EntrySet set, TextWriter log, CancellationToken cancellation)
    {
        using var process = place.Start(set);
        var times = new Dictionary<int, double>();
        foreach (var bytes in BlockBytes)
        {
            var theirs = Log(await place.RunAsync(process, Way.Blocks, bytes, cancellation), $"the library with blocks of {bytes >> 20} MiB", log);
            times[bytes] = theirs.Push + theirs.Pull;
        }
        return times.MinBy(time => time.Value).Key;
    }

    private static Measured Log(Measured measured, string what, TextWriter log)
    {
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {what}: push {measured.Push:0.00} s, pull {measured.Pull:0.00} s, {measured.Mebibytes:0} MiB"));
        return measured;
    }

    private static BenchmarkResult Against(string what, double ours, double theirs, string how, double bar) => new(
        what, ours, "s", string.Create(CultureInfo.InvariantCulture, $"{how}: {theirs:0.00} s"), theirs / ours, $"ratio ≥ {bar}", theirs / ours >= bar);

    private static BenchmarkResult Memory(string what, double ours, double theirs) => new(
        $"{what}, peak memory", ours, "MiB", string.Create(CultureInfo.InvariantCulture, $"the library: {theirs:0} MiB"),
        Bar: $"< {MostMebibytes} MiB", Pass: ours < MostMebibytes);

    private static double Median(List<Measured> rounds, Func<Measured, double> seconds) => rounds.Select(seconds).Order().ElementAt(Rounds / 2);
}
