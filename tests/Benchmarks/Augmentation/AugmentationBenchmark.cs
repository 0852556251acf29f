using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Augmentation;

/// <summary>
/// What augmenting a batch of 8 × 160 frames takes from the processor beside a training step of about 100 ms, and the parts of that; and how
/// far off it would be to change the mel in place of the waveform.
/// </summary>
internal sealed class AugmentationBenchmark : IBenchmark
{
    private const int Batch = 8;
    private const int Frames = 160;
    private const int WarmUp = 10;
    private const int Batches = 40;
    private const double MostMilliseconds = 50;

    private static readonly AugmentationSettings Nothing = new()
    {
        RoomProbability = 0, ShelfProbability = 0, NoiseProbability = 0, PitchProbability = 0, Workers = 1,
    };

    public string Name => "augmentation";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        log.WriteLine("  makes speech and 40 rooms …");
        using var corpus = await SpeechCorpus.MakeAsync(rooms: 40, longestRt60: 1.5);
        BenchmarkResult[] parts =
        [
            new("an utterance: waveform read, mel computed", Cost(corpus, Nothing with { ShelfProbability = 1, ShelfDecibels = 0 }) / Batch, "ms"),
            new("… in a room", Cost(corpus, Nothing with { RoomProbability = 1 }) / Batch, "ms"),
            new("… with another F0", Cost(corpus, Nothing with { PitchProbability = 1 }) / Batch, "ms"),
            new("… with noise", Cost(corpus, Nothing with { NoiseProbability = 1 }) / Batch, "ms"),
        ];
        var usual = Cost(corpus, new AugmentationSettings { Workers = 1 });
        return
        [
            new($"batch of {Batch} × {Frames}, usual chances", usual, "ms", null, null, $"≤ {MostMilliseconds} ms", usual <= MostMilliseconds),
            .. parts,
            .. new MelDomain(corpus).Errors().Select(error => new BenchmarkResult($"on the mel instead: {error.What}", error.Decibels, "dB off")),
        ];
    }

    /// <summary>Processor time of a batch on one thread, in milliseconds.</summary>
    private static double Cost(SpeechCorpus corpus, AugmentationSettings settings)
    {
        var augmenter = corpus.Augmenter(settings);
        var before = TimeSpan.Zero;
        for (var step = -WarmUp; step < Batches; step++)
        {
            if (step == 0)
                before = Environment.CpuUsage.TotalTime;
            augmenter.Augment(corpus.Batch(Batch, Frames, step + WarmUp));
        }
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Batches;
    }
}
