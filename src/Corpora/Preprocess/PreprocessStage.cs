using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>What of configs/constants.yaml preprocessing depends on.</summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="LoudnessTarget">LUFS.</param>
public sealed record PreprocessTarget(int SampleRate, double LoudnessTarget);

/// <summary>Recordings of one corpus to segments of speech: sample rate, loudness, silence, length.</summary>
/// <param name="recordings">The corpus' files.</param>
/// <param name="vadModel">Path of silero_vad_v6.onnx; null when <see cref="VadKind.Energy"/> is set.</param>
public sealed class PreprocessStage(
    StageId id, PreprocessSettings settings, PreprocessTarget target, StageInput recordings, string? vadModel) : PerItemStage(id)
{
    /// <summary>Output: tree of FLAC files with <see cref="UtteranceIndex"/>.</summary>
    public const string Segments = "segments";

    /// <summary>Output: <see cref="QuarantinedItem"/> a line, by id.</summary>
    public const string Quarantine = "quarantine.jsonl";

    private const string VadModel = "vad-model";

    private readonly ICorpusLayout _layout = settings.Corpus.CreateLayout();
    private readonly SpeechPreparation _preparation = new(settings, target.SampleRate, target.LoudnessTarget);
    private InstancePool<IVoiceActivityDetector>? _detectors;

    public override string Description =>
        $"Brings the recordings of {settings.Corpus.Name} to one rate and loudness, cut to speech";

    public override int Version => 4;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        recordings,
        .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.G722, AudioLibrary.Resampler, AudioLibrary.Loudness),
        .. vadModel is null ? [] : AudioTools.Of(AudioLibrary.OnnxRuntime).Append(new StageInput.File(VadModel, vadModel)),
    ];

    public override IReadOnlyList<string> Outputs => [Segments, Quarantine];

    public override object Settings { get; } = new Significant(settings with { Steps = settings.OwnSteps }, target);

    public override StageResources Resources => new() { Cores = Workers, ExpectedHours = 0.02 };

    public override string Items => recordings.Name;

    public override int Workers => WorkerCount.Of(settings.Workers);

    public override bool IsItem(string relativePath) => _layout.IsRecording(relativePath);

    public override string Wanted => _layout is FolderLayout ? "put wav, flac, ogg, mp3 or opus files into <folder>/<speaker>/" : base.Wanted;

    public override Task ProcessAsync(ItemRun item, CancellationToken cancellation)
    {
        var detectors = LazyInitializer.EnsureInitialized(ref _detectors, () => new(() => CreateDetector(item.Run)));
        var source = ReadRecording(item);
        SegmentedItem.Write(item, detectors.Use(detector => _preparation.Prepare(source, detector)));
        return Task.CompletedTask;
    }

    private IVoiceActivityDetector CreateDetector(StageRun run) => settings.Vad == VadKind.Silero
        ? new SileroVad(run.Input(VadModel), settings.Speech)
        : new EnergyVad(settings.EnergyLevelDb, settings.Speech);

    private DecodedFile ReadRecording(ItemRun item)
    {
        _layout.RequireName(item.Id);
        try
        {
            return AudioFile.Decode(item.Source, settings.Quality.MaxRecordingSeconds);
        }
        catch (UnreadableAudioException e)
        {
            throw new ItemRejectedException(e.Found, e);
        }
    }

    public override Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> items, CancellationToken cancellation)
    {
        var collection = new SegmentCollection(settings.Corpus, run.Input(recordings.Name), items);
        var utterances = collection.WriteSegments(run, run.Output(Segments));
        JsonLines.Write(run.Output(Quarantine), collection.Quarantine);
        run.Metric("utterances", utterances.Count);
        run.Metric("speech minutes", utterances.Sum(utterance => utterance.Seconds) / 60);
        run.Metric("pieces without speech", collection.Silent);
        run.Metric("pieces too short", collection.Short);
        run.Metric("kept below the loudness target by a peak", collection.HeldByPeak);
        run.Metric("quarantined", collection.Quarantine.Count);
        return Task.CompletedTask;
    }

    private sealed record Significant(PreprocessSettings Preprocess, PreprocessTarget Target);
}
