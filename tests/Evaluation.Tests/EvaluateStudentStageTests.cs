using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.SafeTensors;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Evaluation.Tests;

/// <summary>A student that was never trained through its files, on real speech, and the gate after it.</summary>
public sealed class EvaluateStudentStageTests
{
    private static readonly TeacherEvaluationSettings Teacher = new()
    {
        Steps = 1, ShortestSample = 50, LongestSample = 80, References = 2, DiscriminantRecordings = 2, Rooms = 2, LossUtterances = 4, Waveforms = WaveformKind.GriffinLim, Device = DeviceChoice.Cpu,
    };

    private static readonly StudentEvaluationSettings Settings = new() { Utterances = 1, Enrolment = 4, Lookahead = [2], Streams = 2 };

    private static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new("constants.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "constants.yaml")))], []);

    private readonly LooseRun _rooms = new("Rooms", new Dictionary<string, string>());
    private TrainedPipeline _pipeline = null!;
    private DirectoryInfo _folder = null!;
    private LooseRun _run = null!;
    private EvaluationReport _report = null!;

    [OneTimeSetUp]
    public async Task Evaluate()
    {
        using var voices = new TwoVoices();
        _pipeline = await TrainedPipeline.CreateAsync(voices.Root, new() { Split = new() { ValidationShare = 0.4, TestShare = 0 } });
        _folder = Directory.CreateTempSubdirectory("student-");
        using (var student = StudentFiles.Drawn(StudentFiles.Narrow))
        {
            StudentFiles.Write(Path.Combine(_folder.FullName, "models"), student);
            student.Save(Path.Combine(_folder.FullName, "student"));
        }
        var rooms = new SyntheticRoomsSettings { Rooms = 6, ResponsesPerRoom = 1, LongestRt60 = 0.5, Split = new() { ValidationShare = 0.4, TestShare = 0 } };
        await new SyntheticRoomsStage("Rooms", rooms, Constants.SampleRate, new Subbands([.. Constants.IrSubbandEdgesHz])).RunAsync(_rooms, CancellationToken.None);
        using (var estimator = new RoomEstimator(new() { Channels = 16 }, seed: 4))
            ModuleWeights.Save(estimator, _rooms.Output("room_estimator.safetensors"), ModelFiles.RoomEstimator.Metadata(estimator.Architecture));
        _run = await RunAsync();
        _report = Report(_run);
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _run.Dispose();
        _rooms.Dispose();
        _pipeline.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Every_system_says_every_ordered_pair_of_voices()
    {
        Assert.That(_report.Systems!.Select(system => system.Name), Is.EqualTo(new[] { "Teacher", "FP32", "INT8", "FP32, lookahead 2", "FP32, lookahead 6" }));
        var voices = _report.Samples.Select(sample => sample.Speaker).Distinct().ToList();
        var pairs = _report.Samples.Where(sample => sample.Kind == SampleKind.Conversion).Select(sample => (sample.Speaker, sample.TargetSpeaker!)).ToList();
        Assert.That(voices, Has.Count.GreaterThan(1));
        Assert.That(pairs, Is.EquivalentTo(from one in voices from other in voices where one != other select (one, other)));
        foreach (var system in _report.Systems!)
            Assert.That(system.Figures.Single(figure => figure.Name == FigureNames.Conversion).Count, Is.EqualTo(pairs.Count), system.Name);
    }

    [Test]
    public void Samples_of_teacher_and_student_stand_beside_their_source_and_are_as_long()
    {
        using var mels = SafeTensorsFile.Open(Path.Combine(Folder(_run), TeacherEvaluator.MelsFile));
        var shown = _report.Samples.Where(sample => sample.Signals.Count > 0).ToList();
        Assert.That(shown, Has.Count.EqualTo(_report.Samples.Select(sample => sample.Speaker).Distinct().Count()));
        foreach (var sample in shown)
        {
            Assert.That(sample.Signals.Select(signal => signal.Role), Is.EqualTo(new[] { "source", "Teacher", "FP32", "INT8" }));
            foreach (var signal in sample.Signals)
                Assert.That(AudioFile.Read(Path.Combine(Folder(_run), signal.Audio)).Samples, Has.Length.EqualTo(240 * mels[signal.Mel].Shape[1]));
            Assert.That(sample.Signals.Select(signal => mels[signal.Mel].Shape[1]).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Teacher_and_files_are_heard_in_rooms_and_asked_for_those_they_hear()
    {
        foreach (var system in _report.Systems!)
            foreach (var name in new[] { FigureNames.Reverberant, FigureNames.DryInRooms, FigureNames.Rt60Rise, FigureNames.Rt60Error })
                Assert.That(system.Figures.SingleOrDefault(figure => figure.Name == name)?.Value, system.Name.Contains("lookahead", StringComparison.Ordinal) ? Is.Null : Is.Not.Null, $"{system.Name}: {name}");
        Assert.That(Value("FP32", FigureNames.Reverberant), Is.Not.EqualTo(Value("FP32", FigureNames.DryInRooms)).Within(1e-6), "it hears another recording");
        Assert.That(Value("Teacher", FigureNames.Rt60Error), Is.Not.EqualTo(Value("FP32", FigureNames.Rt60Error)).Within(1e-6), "each by its own ear");
        Assert.That(_report.Figures.Single(figure => figure.Name == FigureNames.Rt60ErrorOfMean).Value, Is.InRange(0.001, 0.5));
        Assert.That(_report.Figures.Select(figure => figure.Name), Is.SupersetOf(new[] { FigureNames.ReverberantCeiling, FigureNames.ReverberantFloor }));
    }

    [Test]
    public void Latency_is_that_of_the_window_and_of_the_frames_ahead() => Assert.That(
        _report.Systems!.Select(system => system.Figures.SingleOrDefault(figure => figure.Name == FigureNames.Latency)?.Value),
        Is.EqualTo(new double?[] { null, 40, 40, 60, 100 }));

    [Test]
    public async Task A_second_run_gives_the_same_bytes()
    {
        using var second = await RunAsync(Settings with { Streams = 1 });
        foreach (var file in Directory.EnumerateFiles(Folder(_run), "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllBytes(Path.Combine(Folder(second), Path.GetRelativePath(Folder(_run), file))), Is.EqualTo(File.ReadAllBytes(file)), file);
    }

    [Test]
    public async Task The_gate_judges_what_the_stage_left()
    {
        var reached = Value("FP32", FigureNames.PitchWithin)!.Value;
        foreach (var (bar, passes) in new[] { (reached - 1e-6, true), (reached + 1e-6, false) })
        {
            var checks = await JudgedAsync(new StudentGateSettings { F0Correlation = bar });
            Assert.That(checks.Single(check => check.Name == $"FP32: {FigureNames.PitchWithin}").Passed, Is.EqualTo(passes));
            Assert.That(checks.Where(check => check.Name.Contains(FigureNames.NotFinite, StringComparison.Ordinal)).Select(check => check.Passed), Is.EqualTo(new[] { true, true, true, true }));
        }
    }

    private async Task<IReadOnlyList<GateCheck>> JudgedAsync(StudentGateSettings settings)
    {
        var gate = new StudentGate("GateStudent", settings, new("evaluation", "EvaluateStudent", "evaluation"));
        using var run = new LooseRun(gate.Id, new Dictionary<string, string> { ["evaluation"] = Folder(_run) });
        return (await gate.JudgeAsync(run, CancellationToken.None)).Checks;
    }

    private double? Value(string system, string name) => _report.Systems!.Single(one => one.Name == system).Figures.Single(figure => figure.Name == name).Value;

    private async Task<LooseRun> RunAsync(StudentEvaluationSettings? settings = null)
    {
        var teacher = new TeacherEvaluationInputs(
            new("teacher", "Phase0", "model.safetensors"), new("statistics", "MelStatistics", "mel_statistics.json"),
            new("embeddings", "SpeakerEncoder", "embeddings.safetensors"), [new("features", "Features", "features")])
        {
            Judge = new("judge", "JudgeEncoder", "speaker_encoder.safetensors"),
            Segments = [new("segments", "Preprocess", "segments")],
            RoomEstimator = new("room_estimator", "Phase2", "room_estimator.safetensors"),
            Rooms = [new("responses", "Rooms", "responses")],
        };
        var stage = new EvaluateStudentStage("EvaluateStudent", settings ?? Settings, Teacher, Constants, new FeaturesSettings(),
            new(teacher, new StageInput.Output("models", "Package", "models"), new StageInput.Output("student", "Student", "student")));
        var statistics = Path.Combine(_folder.FullName, "statistics.json");
        StudentFiles.Statistics.Write(statistics);
        var run = new LooseRun(stage.Id, new Dictionary<string, string>
        {
            ["teacher"] = _pipeline.Teacher, ["statistics"] = statistics, ["embeddings"] = _pipeline.Embeddings, ["features"] = _pipeline.Features,
            ["judge"] = _pipeline.Judge, ["segments"] = _pipeline.Segments, ["models"] = Path.Combine(_folder.FullName, "models"),
            ["student"] = Path.Combine(_folder.FullName, "student"),
            ["room_estimator"] = _rooms.Output("room_estimator.safetensors"), ["responses"] = _rooms.Output(SyntheticRoomsStage.Responses),
        });
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private static EvaluationReport Report(LooseRun run) => EvaluationReport.Read(Path.Combine(Folder(run), EvaluationReport.FileName));

    private static string Folder(LooseRun run) => run.Output(EvaluateTeacherStage.Evaluation);
}
