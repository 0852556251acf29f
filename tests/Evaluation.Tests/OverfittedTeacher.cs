using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation.Tests;

/// <summary>A teacher that has learnt eight utterances of two speakers, with a judge of voices that it never met.</summary>
internal sealed class OverfittedTeacher : IDisposable
{
    private const int PerSpeaker = 5; // of which one is kept for the validation

    private static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new ConfigurationLayer("constants.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "constants.yaml")))], []);

    private static readonly SignalParameters Signal = SignalParameters.From(Constants);
    private static readonly RuntimeSettings Cpu = new() { Device = DeviceChoice.Cpu, Threads = 1, CheckpointInterval = 10_000 };

    private static readonly SpeakerEncoderSettings Encoder = new()
    {
        Steps = 60, BatchSize = 8, Frames = 60, MinFrames = 40, Lr = 2e-3, WarmUp = 5, EmaDecay = 0.9, Channels = 32, Seed = 1,
        ValidationInterval = 1000, ValidationBatches = 0, Runtime = Cpu,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("overfit");
    private readonly Dictionary<string, string> _inputs = [];
    private SpeakerEmbeddings _embeddings = null!;
    private Teacher _teacher = null!;
    private JudgeEncoder _judge = null!;
    private MelStatistics _statistics = null!;

    public FeatureShards Shards { get; private set; } = null!;

    public VoiceConversion Conversion { get; private set; } = null!;

    public MelGenerator Generator { get; private set; } = null!;

    /// <summary>Of all utterances.</summary>
    public ReferenceVoices Voices { get; private set; } = null!;

    public IReadOnlyList<int> Learnt => [.. Shards.Of(Split.Train)];

    public IMelVocoder Vocoder { get; } = new GriffinLimVocoder(Signal);

    public static async Task<OverfittedTeacher> TrainAsync(TeacherPhaseSettings settings)
    {
        var made = new OverfittedTeacher();
        await made.PrepareAsync();
        await made.LearnAsync(settings with { Runtime = Cpu });
        return made;
    }

    public void Dispose()
    {
        _teacher.Dispose();
        _judge.Dispose();
        _embeddings.Dispose();
        Shards.Dispose();
        _folder.Delete(recursive: true);
    }

    private string this[string name] => Path.Combine(_folder.FullName, name);

    private async Task PrepareAsync()
    {
        WriteVoices();
        using var preprocess = new LooseRun("Preprocess", new Dictionary<string, string> { ["recordings"] = this["voices"] });
        var settings = new PreprocessSettings { Corpus = new() { Name = "voices" }, Steps = [PreprocessStep.Resample, PreprocessStep.Normalize], Vad = VadKind.Energy, MinSeconds = 0.3 };
        await preprocess.RunAsync(new PreprocessStage(
            "Preprocess", settings, new(24000, -23), new StageInput.Files("recordings", this["voices"], "**"), vadModel: null));
        Copy(preprocess.Output(PreprocessStage.Segments), this["segments"]);
        using var features = new LooseRun("Features", new Dictionary<string, string> { ["segments"] = this["segments"] });
        await features.RunAsync(new FeaturesStage(
            "Features", new FeaturesSettings { Workers = 2 }, Signal, new StageInput.Output("segments", "Preprocess", PreprocessStage.Segments)));
        Copy(features.Output(FeaturesStage.Features), this["features"]);
        _inputs["features_Features"] = this["features"];
        var statistics = Run("statistics");
        await new MelStatisticsStage("MelStatistics", new(), "Features").RunAsync(statistics, CancellationToken.None);
        _inputs["statistics"] = statistics.Output(MelStatisticsStage.Statistics);
    }

    private async Task LearnAsync(TeacherPhaseSettings settings)
    {
        var encoder = await Encode("encoder", Encoder);
        var judge = await Encode("judge", Encoder with { Seed = 2, Channels = 24 });
        _inputs["embeddings"] = encoder.Output(SpeakerEncoderStage.Embeddings);
        var phase = Run("phase");
        await new TeacherPhaseStage("Phase0", settings, Constants, new(["Features"], "MelStatistics", "SpeakerEncoder")).TrainAsync(phase, CancellationToken.None);
        Open(phase.Output(TeacherPhaseStage.Model), judge.Output(SpeakerEncoderStage.Model));
    }

    private void Open(string teacher, string judge)
    {
        Shards = FeatureShards.Open(this["features"]);
        _embeddings = SpeakerEmbeddings.Open(_inputs["embeddings"]);
        _statistics = MelStatistics.Read(_inputs["statistics"]);
        _teacher = ModelFiles.Teacher.Load(teacher);
        _teacher.eval();
        _judge = new JudgeEncoder(judge, _statistics, Signal, CPU);
        Generator = new MelGenerator(_teacher, _statistics, new EulerSampler { Steps = 10, Sway = -1 }, CPU);
        Conversion = new VoiceConversion(new SpeakerIndex(Shards), _embeddings, mostFrames: 1000);
        var audio = new SegmentAudio(Shards, [this["segments"]], Signal.HopLength);
        var ofSpeaker = Enumerable.Range(0, Shards.Utterances.Count).GroupBy(Shards.SpeakerOf);
        Voices = new ReferenceVoices(_judge, ofSpeaker.Select(own => (own.Key, (IReadOnlyList<int>)[.. own])), utterance =>
        {
            var samples = new float[audio.SamplesOf(utterance)];
            audio.Read(utterance, 0, samples);
            return new AudioBuffer(samples, Signal.SampleRate);
        });
    }

    private void WriteVoices()
    {
        foreach (var speaker in new[] { "allison-en", "carlo-it" })
        {
            var recording = AudioFile.Read(Path.Combine(AppContext.BaseDirectory, "speech", speaker + ".g722"));
            var seconds = recording.Seconds / PerSpeaker;
            Directory.CreateDirectory(Path.Combine(this["voices"], speaker));
            for (var part = 0; part < PerSpeaker; part++)
                AudioFile.WriteWav16(Path.Combine(this["voices"], speaker, $"{part}.wav"), recording.Slice(recording.RangeOf(part * seconds, (part + 1) * seconds)));
        }
    }

    private async Task<RecordedRun> Encode(string folder, SpeakerEncoderSettings settings)
    {
        var run = Run(folder);
        await new SpeakerEncoderStage("SpeakerEncoder", settings, Constants, "MelStatistics", "Features").TrainAsync(run, CancellationToken.None);
        return run;
    }

    private RecordedRun Run(string folder) => new(this[folder], _inputs);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
