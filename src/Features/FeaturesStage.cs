using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>Segments of one corpus to shards of features.</summary>
/// <param name="segments">The <see cref="PreprocessStage.Segments"/> output of the corpus' preprocessing.</param>
/// <param name="models">What the extractors that the settings choose are made from.</param>
public sealed class FeaturesStage(
    StageId id, FeaturesSettings settings, SignalParameters parameters, StageInput segments, params IReadOnlyList<StageInput> models)
    : PerItemStage(id)
{
    /// <summary>Output: what <see cref="FeatureShards.Open"/> reads.</summary>
    public const string Features = "features";

    /// <summary>Output: <see cref="QuarantinedItem"/> a line, by id: segments that no features could be made of.</summary>
    public const string Quarantine = PreprocessStage.Quarantine;

    /// <summary>The input among the models that <see cref="ContentKind.Phones"/> reads: a folder of an acoustic model of Sphinx.</summary>
    public const string PhoneModel = "phones";

    private const string Extracted = "features.safetensors";

    private ContentGrid Grid => Extractors.GridOf(settings, parameters);

    private Extractors? _extractors;
    private InstancePool<FeatureExtraction>? _extractions;

    public override string Description => settings.Speaker == SpeakerKind.Ecapa
        ? "Extracts mel, content, F0 and the speaker of each segment into shards"
        : "Extracts mel, content and F0 of each segment into shards";

    public override int Version => 4;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        segments,
        .. models,
        .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.Fourier),
        .. settings.Networks().Any() || settings.Content == ContentKind.Phones ? AudioTools.Of(AudioLibrary.Resampler) : [],
        .. settings.Networks().Any() ? AudioTools.Of(AudioLibrary.OnnxRuntime) : [],
    ];

    public override IReadOnlyList<string> Outputs => [Features, Quarantine];

    public override object Settings { get; } = new Significant(settings, parameters);

    public override StageResources Resources => new() { Cores = Workers, ExpectedHours = 0.02 };

    public override string Items => segments.Name;

    public override int Workers => WorkerCount.Of(settings.Workers);

    public override bool IsItem(string relativePath) => relativePath.EndsWith(".flac", StringComparison.Ordinal);

    public override void Prepare(StageRun run, IReadOnlyCollection<string> pending, long combined)
    {
        var paths = pending.ToHashSet();
        var seconds = UtteranceIndex.Read(run.Input(segments.Name)).ToLookup(utterance => paths.Contains(utterance.Path), utterance => utterance.Seconds);
        var rows = new FeatureRows(parameters.NMels, ExtractorsOf(run).ContentRows);
        new FeatureSpace(seconds[true].Sum(), seconds[false].Sum(), combined)
            .Require(run.Scratch, rows.BytesPerFrame(Grid) * parameters.SampleRate / parameters.HopLength);
    }

    private Extractors ExtractorsOf(StageRun run) =>
        LazyInitializer.EnsureInitialized(ref _extractors, () => new Extractors(parameters, settings, run.Input, run.Log));

    public override Task ProcessAsync(ItemRun item, CancellationToken cancellation)
    {
        var extractors = ExtractorsOf(item.Run);
        var extractions = LazyInitializer.EnsureInitialized(ref _extractions, () => new(() => new FeatureExtraction(extractors)));
        var audio = AudioFile.Read(item.Source);
        var features = extractions.Use(extraction => extraction.Extract(audio));
        features.Write(Path.Combine(item.Folder, Extracted));
        item.Note = FeatureExtent.Of(features).Note;
        return Task.CompletedTask;
    }

    public override Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> items, CancellationToken cancellation)
    {
        FreeNetworks();
        var utterances = UtteranceIndex.Read(run.Input(segments.Name)).ToDictionary(utterance => utterance.Path);
        var results = new Dictionary<string, ItemResult>();
        var folder = new FeatureFolder(run.Output(Features), settings.ShardMebibytes * 1024L * 1024, Grid);
        foreach (var item in items)
            if (item.IsAccepted)
                Add(item, utterances[item.Id], folder, results);
        var written = folder.Write((shard, path) => Make(shard, path, results, run), Workers);
        QuarantinedItem[] quarantine = [.. items.Where(item => !item.IsAccepted).Select(item => new QuarantinedItem(item.Id, item.Rejection!))];
        JsonLines.Write(run.Output(Quarantine), quarantine);
        run.Metric("quarantined", quarantine.Length);
        run.Metric("hours of features", written.Frames * parameters.HopLength / (double)parameters.SampleRate / 3600);
        run.Metric("largest offset of content in deviations", written.LargestOffset);
        return Task.CompletedTask;
    }

    /// <summary>They are large, and the process lives on.</summary>
    private void FreeNetworks()
    {
        _extractions = null;
        Interlocked.Exchange(ref _extractors, null)?.Dispose();
    }

    private static void Add(ItemResult item, Utterance utterance, FeatureFolder folder, Dictionary<string, ItemResult> results)
    {
        var extent = FeatureExtent.Parse(item.Note!);
        results.Add(utterance.Id, item);
        folder.Add(Entry(utterance) with { Frames = extent.Frames }, extent.Rows, () => UtteranceFeatures.Read(item[Extracted].Path));
    }

    /// <summary>A shard is made again when one of its members changes.</summary>
    private static MadeShard Make(Shard shard, string path, Dictionary<string, ItemResult> results, CombineRun run)
    {
        var members = shard.Members.Select(member => results[member.Entry.Id]).ToList();
        var made = run.Group(shard.Identity, members, folder => ShardFiles.Write(shard, folder));
        run.Place(made[ShardFiles.Features], path);
        return new MadeShard(shard, made[ShardFiles.Sums].Path);
    }

    private static UtteranceEntry Entry(Utterance utterance) => new()
    {
        Id = utterance.Id,
        Corpus = utterance.Corpus,
        Speaker = utterance.Speaker,
        Sex = utterance.Sex,
        Language = utterance.Language,
        Licence = utterance.Licence,
        Transcript = utterance.Transcript,
        Split = utterance.Split,
        Audio = utterance.Path,
    };

    private sealed record Significant(FeaturesSettings Features, SignalParameters Signal);
}
