using Tmrvc.Configuration;
using Tmrvc.Models;

namespace Tmrvc.Training.Tests.Support;

/// <summary>The training stages over made-up speech, each in a folder of its own.</summary>
public sealed class SyntheticPipeline : IDisposable
{
    private static readonly RuntimeSettings OneThread = new() { Device = DeviceChoice.Cpu, Threads = 1, CheckpointInterval = 4 };

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _inputs = [];

    private SyntheticPipeline(Func<int, float[]>? embedding)
    {
        SyntheticSpeech.Write(_folder["features"], embedding);
        _inputs["features_Features"] = _folder["features"];
    }

    public static readonly TeacherPhaseSettings Teacher = new()
    {
        Steps = 12, BatchSize = 6, Frames = 48, MinFrames = 32, Lr = 2e-3, WarmUp = 5, EmaDecay = 0.9,
        ValidationInterval = 10, ValidationBatches = 1, Runtime = OneThread,
    };

    public static readonly SpeakerEncoderSettings SpeakerEncoder = new()
    {
        Steps = 20, BatchSize = 6, Frames = 48, MinFrames = 32, Lr = 2e-3, EmaDecay = 0.8, Channels = 16,
        ValidationInterval = 20, ValidationBatches = 1, Runtime = OneThread,
    };

    public static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new ConfigurationLayer("constants.yaml", File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "constants.yaml")))], []);

    /// <summary>Statistics and embeddings are made.</summary>
    /// <param name="embedding">Of a speaker, counted from 0: one of the features.</param>
    public static async Task<SyntheticPipeline> Prepared(Func<int, float[]>? embedding = null)
    {
        var pipeline = new SyntheticPipeline(embedding);
        var run = pipeline.Run("statistics");
        await new MelStatisticsStage("MelStatistics", new(), "Features").RunAsync(run, CancellationToken.None);
        pipeline._inputs["statistics"] = run.Output(MelStatisticsStage.Statistics);
        var embedded = await pipeline.TrainSpeakerEncoder("embeddings");
        pipeline._inputs["embeddings"] = embedded.Output(SpeakerEncoderStage.Embeddings);
        return pipeline;
    }

    /// <summary>Names of what a run has kept.</summary>
    public IEnumerable<string?> CheckpointsOf(string folder) => Directory.GetDirectories(_folder[$"{folder}/checkpoints"]).Select(Path.GetFileName);

    public string Embeddings => _inputs["embeddings"];

    public string Features => _inputs["features_Features"];

    public string Statistics => _inputs["statistics"];

    public async Task<RecordedRun> TrainSpeakerEncoder(string folder, SpeakerEncoderSettings? settings = null)
    {
        var run = Run(folder);
        await EncoderStage(settings).TrainAsync(run, CancellationToken.None);
        return run;
    }

    private static SpeakerEncoderStage EncoderStage(SpeakerEncoderSettings? settings = null) =>
        new("SpeakerEncoder", settings ?? SpeakerEncoder, Constants, "MelStatistics", "Features") { Clock = new RacingClock() };

    /// <summary>A run that is cancelled after a step.</summary>
    public void InterruptSpeakerEncoder(string folder, long after)
    {
        using var source = new CancellationTokenSource();
        var run = new RecordedRun(_folder[folder], _inputs) { Reported = done => CancelAt(done, after, source) };
        Assert.That(async () => await EncoderStage().TrainAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    public Task<RecordedRun> TrainTeacher(string folder, TeacherPhaseSettings settings) =>
        TrainTeacher(Run(folder), settings, previous: null, CancellationToken.None);

    /// <summary>A run that is cancelled after a step.</summary>
    public void InterruptTeacher(string folder, TeacherPhaseSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = new RecordedRun(_folder[folder], _inputs) { Reported = done => CancelAt(done, after, source) };
        Assert.That(async () => await TrainTeacher(run, settings, previous: null, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A run of several ranks, which stand here as threads; the first one's comes first.</summary>
    /// <param name="folder">Of the first; the others have folders of their own.</param>
    /// <param name="change">Of the run of a rank.</param>
    public async Task<IReadOnlyList<RecordedRun>> TrainTeacherTogether(
        string folder, TeacherPhaseSettings settings, int processes, CancellationToken cancellation = default)
    {
        var rendezvous = Path.Combine(_folder.Path, $"{folder}-rendezvous");
        var runs = Enumerable.Range(0, processes).Select(rank => new RecordedRun(_folder[rank == 0 ? folder : $"{folder}-{rank}-of-{processes}"], _inputs)
        {
            At = new(rank, processes, rendezvous),
        }).ToList();
        await Task.WhenAll(runs.Select(run => TrainTeacher(run, settings, previous: null, run == runs[^1] ? cancellation : CancellationToken.None)));
        return runs;
    }

    /// <summary>A phase that starts from another one's model.</summary>
    public Task<RecordedRun> ContinueTeacher(string folder, RecordedRun previous, TeacherPhaseSettings settings) => TrainTeacher(
        new RecordedRun(_folder[folder], new Dictionary<string, string>(_inputs) { ["previous"] = previous.Output(TeacherPhaseStage.Model) }),
        settings, previous: "Phase0", CancellationToken.None);

    public async Task<RecordedRun> MakePairs(string folder, RecordedRun teacher, ReflowPairsSettings settings)
    {
        var run = PairsRun(folder, teacher);
        await PairsStage(settings).RunAsync(run, CancellationToken.None);
        return run;
    }

    /// <summary>A run that is cancelled once so many pairs are made.</summary>
    public void InterruptPairs(string folder, RecordedRun teacher, ReflowPairsSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = PairsRun(folder, teacher, done => { if (done >= after) source.Cancel(); });
        Assert.That(async () => await PairsStage(settings).RunAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    public async Task<RecordedRun> MakeTrajectories(string folder, RecordedRun teacher, TrajectoriesSettings settings)
    {
        var run = PairsRun(folder, teacher);
        await TrajectoriesStage(settings).RunAsync(run, CancellationToken.None);
        return run;
    }

    /// <summary>A run that is cancelled once so many trajectories are made.</summary>
    public void InterruptTrajectories(string folder, RecordedRun teacher, TrajectoriesSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = PairsRun(folder, teacher, done => { if (done >= after) source.Cancel(); });
        Assert.That(async () => await TrajectoriesStage(settings).RunAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    public async Task<RecordedRun> Distil(string folder, RecordedRun trajectories, DistillationSettings settings, StudentArchitecture architecture)
    {
        var run = DistillingRun(folder, trajectories);
        await DistillStage(settings, architecture).TrainAsync(run, CancellationToken.None);
        return run;
    }

    /// <summary>A run that is cancelled after a step.</summary>
    public void InterruptDistilling(string folder, RecordedRun trajectories, DistillationSettings settings, StudentArchitecture architecture, long after)
    {
        using var source = new CancellationTokenSource();
        var run = DistillingRun(folder, trajectories, done => CancelAt(done, after, source));
        Assert.That(async () => await DistillStage(settings, architecture).TrainAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Phase B, with a vocoder that nobody trained.</summary>
    public async Task<RecordedRun> DistilFurther(
        string folder, RecordedRun trajectories, RecordedRun student, RecordedRun teacher, DistributionSettings settings)
    {
        var run = DistillingFurtherRun(folder, trajectories, student, teacher);
        await DistributionStage(settings).TrainAsync(run, CancellationToken.None);
        return run;
    }

    /// <summary>A run that is cancelled after a step.</summary>
    public void InterruptDistillingFurther(
        string folder, RecordedRun trajectories, RecordedRun student, RecordedRun teacher, DistributionSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = DistillingFurtherRun(folder, trajectories, student, teacher, done => CancelAt(done, after, source));
        Assert.That(async () => await DistributionStage(settings).TrainAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    public async Task<RecordedRun> TrainVoices(string folder, StudentVoicesSettings settings, StudentArchitecture architecture)
    {
        var run = Run(folder);
        await new StudentVoicesStage("StudentVoices", settings, architecture, "MelStatistics", "SpeakerEncoder", "Features").TrainAsync(run, CancellationToken.None);
        return run;
    }

    /// <summary>A phase that learns from pairs.</summary>
    public async Task<RecordedRun> Straighten(string folder, RecordedRun teacher, RecordedRun pairs, TeacherPhaseSettings settings)
    {
        var run = StraighteningRun(folder, teacher, pairs);
        await TrainTeacher(run, settings, "Phase0", CancellationToken.None, "ReflowPairs");
        return run;
    }

    /// <summary>A run that is cancelled after a step.</summary>
    public void InterruptStraightening(string folder, RecordedRun teacher, RecordedRun pairs, TeacherPhaseSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = StraighteningRun(folder, teacher, pairs, done => CancelAt(done, after, source));
        Assert.That(async () => await TrainTeacher(run, settings, "Phase0", source.Token, "ReflowPairs"), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A phase that starts from a file's weights.</summary>
    public Task<RecordedRun> TrainTeacherFrom(string folder, string weights, TeacherPhaseSettings settings) => TrainTeacher(
        new RecordedRun(_folder[folder], new Dictionary<string, string>(_inputs) { ["initial_weights"] = weights }),
        settings with { InitialWeights = "data/weights.safetensors" }, previous: null, CancellationToken.None);

    public void Dispose() => _folder.Dispose();

    private static ReflowPairsStage PairsStage(ReflowPairsSettings settings) =>
        new("ReflowPairs", settings, Constants, new("Phase2", ["Features"], "MelStatistics", "SpeakerEncoder"));

    private static TrajectoriesStage TrajectoriesStage(TrajectoriesSettings settings) =>
        new("Trajectories", settings, Constants, new("Phase2", ["Features"], "MelStatistics", "SpeakerEncoder"));

    private static DistillStage DistillStage(DistillationSettings settings, StudentArchitecture architecture) =>
        new("DistillA", settings, Constants, architecture, new("Trajectories", ["Features"], "MelStatistics", "StudentRooms")) { Clock = new RacingClock() };

    private RecordedRun DistillingRun(string folder, RecordedRun trajectories, Action<long>? reported = null) =>
        new(_folder[folder], new Dictionary<string, string>(_inputs) { ["trajectories"] = trajectories.Output("trajectories") }) { Reported = reported };

    private static DistributionStage DistributionStage(DistributionSettings settings) => new("DistillB", settings, Constants,
        new("Trajectories", "DistillA", "Phase2", ["Features"], "MelStatistics", "TeacherVocoder", "SpeakerEncoder", "StudentRooms")) { Clock = new RacingClock() };

    private RecordedRun DistillingFurtherRun(
        string folder, RecordedRun trajectories, RecordedRun student, RecordedRun teacher, Action<long>? reported = null) => new(_folder[folder], new Dictionary<string, string>(_inputs)
    {
        ["trajectories"] = trajectories.Output("trajectories"), ["teacher"] = teacher.Output(TeacherPhaseStage.Model), ["vocoder"] = DrawnVocoder(),
        ["content_encoder"] = student.Output(StudentNetworks.ContentEncoderFile), ["converter"] = student.Output(StudentNetworks.ConverterFile),
        ["speaker_encoder"] = Path.Combine(Path.GetDirectoryName(Embeddings)!, SpeakerEncoderStage.Model),
    })
    { Reported = reported };

    private string DrawnVocoder()
    {
        using var vocoder = new TeacherVocoder(new() { Channels = 16, Blocks = 1 }, seed: 2);
        var metadata = ModelFiles.Vocoder.Metadata(vocoder.Architecture);
        metadata[MelStatistics.MetadataKey] = MelStatistics.Read(Statistics).ToJson();
        ModuleWeights.Save(vocoder, _folder["vocoder.safetensors"], metadata);
        return _folder["vocoder.safetensors"];
    }

    private RecordedRun PairsRun(string folder, RecordedRun teacher, Action<long>? reported = null) =>
        new(_folder[folder], new Dictionary<string, string>(_inputs) { ["teacher"] = teacher.Output(TeacherPhaseStage.Model) }) { Reported = reported };

    private RecordedRun StraighteningRun(string folder, RecordedRun teacher, RecordedRun pairs, Action<long>? reported = null) => new(_folder[folder], new Dictionary<string, string>(_inputs)
    {
        ["previous"] = teacher.Output(TeacherPhaseStage.Model), ["pairs"] = pairs.Output(ReflowPairsStage.Pairs),
    })
    { Reported = reported };

    private static async Task<RecordedRun> TrainTeacher(
        RecordedRun run, TeacherPhaseSettings settings, string? previous, CancellationToken cancellation, string? pairs = null)
    {
        var inputs = new TeacherPhaseInputs(["Features"], "MelStatistics", "SpeakerEncoder")
        {
            Previous = previous is null ? null : new(previous), Pairs = pairs is null ? null : new(pairs),
        };
        await new TeacherPhaseStage("Phase0", settings, Constants, inputs) { Clock = new RacingClock() }.TrainAsync(run, cancellation);
        return run;
    }

    private static void CancelAt(long done, long after, CancellationTokenSource source)
    {
        if (done == after) source.Cancel();
    }

    private RecordedRun Run(string folder) => new(_folder[folder], _inputs);
}
