using System.Diagnostics;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>Asks a store about forty stages, half of which it has.</summary>
internal static class Decisions
{
    private const int Stages = 40;

    public static async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(TransferPlace place, CancellationToken cancellation)
    {
        var container = await place.ContainerAsync();
        using var counting = new CountingHandler();
        using var asked = place.Open(container, counting);
        for (var stage = 0; stage < Stages; stage += 2)
            await asked.AddRecordAsync(Key(stage), new EntrySet([]), new byte[20_000], cancellation);
        var (found, before, started) = (new byte[]?[Stages], counting.Requests, Stopwatch.GetTimestamp());
        await Parallel.ForAsync(0, Stages, cancellation, async (stage, inner) => found[stage] = await asked.FindRecordAsync(Key(stage), inner));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var isRight = found.Select((document, stage) => document is not null == (stage % 2 == 0)).All(right => right);
        return
        [
            new("hit or miss of 40 stages", seconds * 1000, "ms", Bar: "< 1,000 ms", Pass: isRight && seconds < 1),
            new("requests for that", counting.Requests - before, "", Bar: "≤ 40", Pass: counting.Requests - before <= Stages),
        ];
    }

    private static ContentHash Key(int stage) => ContentHash.Of([(byte)stage]);
}
