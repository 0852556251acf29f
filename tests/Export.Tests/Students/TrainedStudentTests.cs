using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Export.Tests;

/// <summary>A narrow student goes through all its stages over real speech: from a teacher's trajectories to files that ONNX Runtime takes.</summary>
public sealed class TrainedStudentTests
{
    private static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new ConfigurationLayer("constants.yaml", File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "constants.yaml")))], []) with { DContent = 24 };

    private static readonly RuntimeSettings OneThread = new() { Device = DeviceChoice.Cpu, Threads = 1, CheckpointInterval = 2 };

    private static readonly StudentArchitecture Architecture = StudentArchitecture.From(Constants) with
    {
        ContentChannels = 32, ConverterChannels = 48, VocoderChannels = 24, RoomChannels = 16, RoomHidden = 8, LoraHidden = 4, Expansion = 2,
        SpeakerEncoder = new() { Channels = 16, Scale = 4, Squeeze = 8 },
    };

    private static readonly DistillationSettings Distillation = new()
    {
        Steps = 5, BatchSize = 3, MinFrames = 32, Lr = 1e-3, EmaDecay = 0.5, ValidationInterval = 5, ValidationBatches = 1, Runtime = OneThread,
    };

    private static readonly StudentVocoderSettings Vocoder = new()
    {
        Steps = 60, BatchSize = 4, Frames = 32, MinFrames = 32, Lr = 2e-3, EmaDecay = 0.8, ValidationInterval = 60, ValidationBatches = 1, Runtime = OneThread,
    };

    private static readonly StudentVoicesSettings Voices = new()
    {
        Steps = 3, BatchSize = 3, Frames = 48, MinFrames = 32, EmaDecay = 0.5, ValidationInterval = 5, ValidationBatches = 1, Runtime = OneThread,
    };

    private static readonly StudentRoomsSettings Rooms = new()
    {
        Steps = 60, BatchSize = 4, Frames = 60, MinFrames = 32, Lr = 3e-3, EmaDecay = 0.8, ValidationInterval = 60, ValidationBatches = 1, Runtime = OneThread,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("student");
    private readonly Dictionary<string, string> _inputs = [];
    private SpeechCorpus _corpus = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        _corpus = await SpeechCorpus.MakeAsync(validationShare: 0.5);
        var statistics = new MelStatistics(-11.5f, [.. Enumerable.Repeat(-5f, 80)], [.. Enumerable.Repeat(2f, 80)], 1);
        foreach (var name in new[] { "statistics", "embeddings", "teacher" }) _inputs[name] = Path.Combine(_folder.FullName, name);
        (_inputs["features_Features"], _inputs["segments_Preprocess"], _inputs["responses_Rooms"]) = (_corpus.FeaturesFolder, _corpus.SegmentsFolder, _corpus.RoomsFolder);
        statistics.Write(_inputs["statistics"]);
        SpeakerEmbeddings.Save(_inputs["embeddings"], _corpus.Shards.Utterances.ToDictionary(utterance => utterance.Id, utterance => Direction(utterance.Speaker)));
        using var teacher = new Teacher(TeacherArchitecture.Preset("tiny", TeacherDimensions.From(Constants, _corpus.Shards.ContentDimension)), seed: 1);
        var metadata = ModelFiles.Teacher.Metadata(teacher.Architecture);
        metadata[MelStatistics.MetadataKey] = statistics.ToJson();
        ModuleWeights.Save(teacher, _inputs["teacher"], metadata);
        var ways = new TrajectoriesSettings { Frames = 40, MinFrames = 32, Steps = 2, Stretches = 2, Validation = 3, Runtime = OneThread };
        await RunAsync(new TrajectoriesStage("Trajectories", ways, Constants, new("Phase2", ["Features"], "MelStatistics", "SpeakerEncoder")));
        StudentPartStage[] parts = Parts();
        foreach (var part in Enumerable.Reverse(parts)) await TrainAsync(part); // the ear for rooms before what is told by it
        await RunAsync(new AssembleStudentStage("Student", parts));
    }

    [OneTimeTearDown]
    public void Clear()
    {
        _corpus.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task It_passes_the_parity_gate_by_the_same_figures_whatever_number_of_threads_was_set_before()
    {
        StageInput.Output student = new("student", "Student", AssembleStudentStage.Student), statistics = new("statistics", "MelStatistics", "mel_statistics.json");
        var exported = new StageInput.Output("fp32", "Export", ModelFolder.Fp32);
        var features = new StageInput.Output("features_Features", "Features", "features");
        await RunAsync(new ExportStage("Export", new(), Constants, student, statistics));
        var run = new RecordedRun(Path.Combine(_folder.FullName, "parity"), _inputs);
        var verdicts = new List<GateVerdict>();
        foreach (var threads in new[] { 1, 3 })
        {
            set_num_threads(threads);
            verdicts.Add(await new ParityGate("Parity", new() { Frames = 100 }, student, statistics, exported, features).JudgeAsync(run, CancellationToken.None));
            Assert.That(get_num_threads(), Is.EqualTo(2), "how sums are rounded");
        }
        Assert.That(verdicts[0].Checks.Where(check => !check.Passed), Is.Empty);
        Assert.That(verdicts[1].Checks, Is.EqualTo(verdicts[0].Checks));
    }

    [TestCase("StudentVocoder", 0.8)] // it begins with the magnitudes and the pitch that come in
    [TestCase("StudentRooms", 0.9)]
    public void Its_vocoder_and_its_ear_for_rooms_come_nearer_to_speech_and_rooms_that_they_were_not_trained_on(string stage, double share)
    {
        var losses = MetricsFile.ValidationLosses(Path.Combine(_folder.FullName, stage, "outputs", MetricsLog.FileName));
        Assert.That(losses[^1].Loss, Is.LessThan(share * losses[0].Loss));
    }

    [Test]
    public async Task Its_vocoder_and_its_ear_for_rooms_end_in_the_same_bytes_when_interrupted([Values(1, 3)] int part)
    {
        var stage = Parts()[part];
        using var source = new CancellationTokenSource();
        var folder = Path.Combine(_folder.FullName, "again", stage.Id.Value);
        var broken = new RecordedRun(folder, _inputs) { Reported = done => { if (done == 7) source.Cancel(); } };
        Assert.That(async () => await stage.TrainAsync(broken, source.Token), Throws.InstanceOf<OperationCanceledException>());
        await stage.TrainAsync(new RecordedRun(folder, _inputs), CancellationToken.None);
        foreach (var output in stage.Outputs)
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder.FullName, stage.Id.Value, "outputs", output))), output);
    }

    private static StudentPartStage[] Parts() =>
    [
        new DistillStage("DistillA", Distillation, Constants, Architecture, new("Trajectories", ["Features"], "MelStatistics", "StudentRooms")) { Clock = new RacingClock() },
        new StudentVocoderStage("StudentVocoder", Vocoder, Constants, Architecture, "MelStatistics", "Preprocess") { Clock = new RacingClock() },
        new StudentVoicesStage("StudentVoices", Voices, Architecture, "MelStatistics", "SpeakerEncoder", "Features") { Clock = new RacingClock() },
        new StudentRoomsStage("StudentRooms", Rooms, Constants, Architecture, new(["Features"], "MelStatistics", "SpeakerEncoder", ["Preprocess"], ["Rooms"])) { Clock = new RacingClock() },
    ];

    private async Task RunAsync(ActionStage stage)
    {
        var run = new RecordedRun(Path.Combine(_folder.FullName, stage.Id.Value), _inputs);
        await stage.RunAsync(run, CancellationToken.None);
        foreach (var output in stage.Outputs) _inputs[output] = run.Output(output);
    }

    private async Task TrainAsync(StudentPartStage stage)
    {
        var run = new RecordedRun(Path.Combine(_folder.FullName, stage.Id.Value), _inputs);
        await stage.TrainAsync(run, CancellationToken.None);
        foreach (var network in stage.Networks) _inputs[Path.GetFileNameWithoutExtension(network)] = run.Output(network);
    }

    /// <summary>Unit length, another one for each speaker.</summary>
    private static float[] Direction(string speaker) => [.. Enumerable.Range(0, 192).Select(i => i == speaker.Sum(letter => letter) % 192 ? 1f : 0f)];
}
