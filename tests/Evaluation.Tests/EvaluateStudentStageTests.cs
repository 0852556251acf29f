using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Features;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Evaluation.Tests;

/// <summary>A student that was never trained through its files, on real speech, and the gate after it.</summary>
public sealed class EvaluateStudentStageTests
{
    private static readonly TeacherEvaluationSettings Teacher = new()
    {
        Steps = 1, ShortestSample = 50, LongestSample = 80, References = 2, DiscriminantRecordings = 2, Waveforms = WaveformKind.GriffinLim, Device = DeviceChoice.Cpu,
    };

    private static readonly StudentEvaluationSettings Settings = new() { Utterances = 1, Enrolment = 4, Lookahead = [2], Streams = 2 };

    private static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new("constants.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "constants.yaml")))], []);

    private TrainedPipeline _pipeline = null!;
    private DirectoryInfo _folder = null!;
    private LooseRun _run = null!;
    private EvaluationReport _report = null!;

    [OneTimeSetUp]
    public async Task Evaluate()
    {
        _pipeline = await TrainedPipeline.CreateAsync(validationShare: 0.4);
        _folder = Directory.CreateTempSubdirectory("student-");
        using (var student = StudentFiles.Drawn(StudentFiles.Narrow))
        {
            StudentFiles.Write(Path.Combine(_folder.FullName, "models"), student);
            student.Save(Path.Combine(_folder.FullName, "student"));
        }
        _run = await RunAsync();
        _report = Report(_run);
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _run.Dispose();
        _pipeline.Dispose();
        _folder.Delete(recursive: true);
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
        var gate = new StudentGate("GateStudent", new StudentGateSettings { F0Correlation = 0.99 }, new("evaluation", "EvaluateStudent", "evaluation"));
        using var run = new LooseRun(gate.Id, new Dictionary<string, string> { ["evaluation"] = Folder(_run) });
        var verdict = await gate.JudgeAsync(run, CancellationToken.None);
        Assert.That(verdict.Checks.Where(check => check.Name.Contains(FigureNames.NotFinite, StringComparison.Ordinal)).Select(check => check.Passed), Is.EqualTo(new[] { true, true, true, true }));
        Assert.That(verdict.Checks.Where(check => check.Name.Contains(FigureNames.PitchWithin, StringComparison.Ordinal)).Select(check => check.Passed), Is.EqualTo(new[] { false, false }), "nobody taught it a period");
    }

    private async Task<LooseRun> RunAsync(StudentEvaluationSettings? settings = null)
    {
        var teacher = new TeacherEvaluationInputs(
            new("teacher", "Phase0", "model.safetensors"), new("statistics", "MelStatistics", "mel_statistics.json"),
            new("embeddings", "SpeakerEncoder", "embeddings.safetensors"), [new("features", "Features", "features")])
        {
            Judge = new("judge", "JudgeEncoder", "speaker_encoder.safetensors"),
            Segments = [new("segments", "Preprocess", "segments")],
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
        });
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private static EvaluationReport Report(LooseRun run) => EvaluationReport.Read(Path.Combine(Folder(run), EvaluationReport.FileName));

    private static string Folder(LooseRun run) => run.Output(EvaluateTeacherStage.Evaluation);
}
