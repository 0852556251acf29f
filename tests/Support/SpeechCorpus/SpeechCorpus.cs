using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Support;

/// <summary>The mini corpus as segments and features, and a few made-up rooms: all that an augmenter needs.</summary>
public sealed class SpeechCorpus : IDisposable
{
    public static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    /// <summary>Those of configs/constants.yaml.</summary>
    public static readonly Subbands Bands = new([0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000]);

    private readonly List<LooseRun> _runs = [];

    /// <summary>Folders as stages left them.</summary>
    public string SegmentsFolder { get; private set; } = "";

    public string FeaturesFolder { get; private set; } = "";

    public string RoomsFolder { get; private set; } = "";

    public FeatureShards Shards { get; private set; } = null!;

    public SegmentAudio Audio { get; private set; } = null!;

    public ImpulseResponseShards Rooms { get; private set; } = null!;

    /// <param name="rooms">Four or more, two responses each.</param>
    /// <param name="validationShare">Of the utterances.</param>
    public static async Task<SpeechCorpus> MakeAsync(int rooms = 4, double longestRt60 = 0.6, double? validationShare = null)
    {
        var corpus = new SpeechCorpus();
        var split = validationShare is { } share ? new SplitSettings { ValidationShare = share, TestShare = 0 } : new();
        corpus.SegmentsFolder = (await corpus.RunAsync(Preprocess(split), "audio", MiniCorpus.Root)).Output(PreprocessStage.Segments);
        corpus.FeaturesFolder = (await corpus.RunAsync(Features, "segments", corpus.SegmentsFolder)).Output(FeaturesStage.Features);
        corpus.Shards = FeatureShards.Open(corpus.FeaturesFolder);
        corpus.Audio = new SegmentAudio(corpus.Shards, [corpus.SegmentsFolder], Signal.HopLength);
        corpus.Rooms = await corpus.MakeRoomsAsync(new() { Rooms = rooms, ResponsesPerRoom = 2, LongestRt60 = longestRt60 });
        return corpus;
    }

    /// <summary>Equal crops of the first utterances that are long enough, repeated where there are fewer.</summary>
    public FeatureBatch Batch(int size, int frames, long step = 0, int start = 10)
    {
        var utterances = Enumerable.Range(0, Shards.Utterances.Count).Where(i => Shards.Utterances[i].Frames >= start + frames).ToArray();
        var plan = new BatchPlan(step, [.. Enumerable.Range(0, size).Select(slot => new Crop(utterances[slot % utterances.Length], start, frames))]);
        return new BatchAssembler(Shards, 16, (float)Math.Log(Signal.LogFloor)).Assemble(plan);
    }

    public BatchAugmenter Augmenter(AugmentationSettings settings, long seed = 1) =>
        new(settings, Shards, Audio, Rooms, Signal, Bands, seed);

    public void Dispose()
    {
        Shards.Dispose();
        Rooms.Dispose();
        _runs.ForEach(run => run.Dispose());
    }

    private static PreprocessStage Preprocess(SplitSettings split) => new(
        "PreprocessMini",
        new() { Corpus = new() { Name = "mini", Layout = CorpusLayout.Prompts, Split = split }, Vad = VadKind.Energy, MinSeconds = 0.5, MaxSeconds = 8 },
        new(24000, -23), new StageInput.Files("audio", MiniCorpus.Root, "**/*"), vadModel: null);

    private static FeaturesStage Features { get; } = new(
        "FeaturesMini", new(), Signal, new StageInput.Output("segments", "PreprocessMini", PreprocessStage.Segments));

    private async Task<LooseRun> RunAsync(PerItemStage stage, string input, string folder)
    {
        var run = new LooseRun(stage.Id, new Dictionary<string, string> { [input] = folder });
        _runs.Add(run);
        await run.RunAsync(stage);
        return run;
    }

    private async Task<ImpulseResponseShards> MakeRoomsAsync(SyntheticRoomsSettings settings)
    {
        var stage = new SyntheticRoomsStage("Rooms", settings, Signal.SampleRate, Bands);
        var run = new LooseRun(stage.Id, new Dictionary<string, string>());
        _runs.Add(run);
        await stage.RunAsync(run, CancellationToken.None);
        RoomsFolder = run.Output(SyntheticRoomsStage.Responses);
        return ImpulseResponseShards.Open(RoomsFolder);
    }
}
