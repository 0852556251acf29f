using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.SafeTensors;
using Tmrvc.Support;

namespace Tmrvc.Evaluation.Tests;

/// <summary>The stage and the gate after it, on real speech.</summary>
public sealed class EvaluateTeacherStageTests
{
    private static readonly TeacherEvaluationSettings Settings = new()
    {
        Steps = 2,
        UtterancesPerSpeaker = 1,
        ShortestSample = 50,
        LongestSample = 90,
        LossUtterances = 3,
        Device = "cpu",
    };

    private TrainedPipeline _pipeline = null!;
    private LooseRun _run = null!;
    private EvaluationReport _report = null!;

    [OneTimeSetUp]
    public async Task Evaluate()
    {
        _pipeline = await TrainedPipeline.CreateAsync();
        _run = await RunAsync();
        _report = EvaluationReport.Read(Path.Combine(Folder(_run), EvaluationReport.FileName));
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _run.Dispose();
        _pipeline.Dispose();
    }

    [Test]
    public void Each_speaker_is_reconstructed_and_converted_to_another()
    {
        var speakers = _report.Samples.Select(sample => sample.Speaker).Distinct().ToList();
        Assert.That(speakers, Has.Count.GreaterThan(1));
        foreach (var speaker in speakers)
            Assert.That(_report.Samples.Count(sample => sample.Speaker == speaker), Is.EqualTo(2), speaker);
        var converted = _report.Samples.Where(sample => sample.Kind == SampleKind.Conversion).ToList();
        Assert.That(converted.Select(sample => sample.TargetSpeaker), Is.EquivalentTo(speakers));
        Assert.That(converted.Select(sample => sample.TargetSpeaker == sample.Speaker), Has.None.True);
    }

    [Test]
    public void Every_signal_has_its_mel_and_audio_of_the_same_length()
    {
        using var mels = SafeTensorsFile.Open(Path.Combine(Folder(_run), TeacherEvaluator.MelsFile));
        var signals = _report.Samples.SelectMany(sample => sample.Signals).ToList();
        Assert.That(mels.Tensors, Has.Count.EqualTo(signals.Count));
        foreach (var signal in signals)
        {
            var shape = mels[signal.Mel].Shape;
            Assert.That(shape[0], Is.EqualTo(80));
            Assert.That(shape[1], Is.InRange(50, 90));
            Assert.That(AudioFile.Read(Path.Combine(Folder(_run), signal.Audio)).Samples, Has.Length.EqualTo(240 * shape[1]));
        }
    }

    [Test]
    public void Figures_are_there_for_the_whole_and_for_each_sample()
    {
        Assert.That(_report.Figures.Select(figure => figure.Name), Is.EqualTo(new[]
        {
            "Velocity loss", "Mel L1", "Mel L2", "Mel-cepstral distortion", "F0 correlation", "F0 error", "Voicing error",
        }));
        var loss = _report.Figures[0].Value!.Value;
        Assert.That(loss, Is.InRange(0.5, 20), "velocities of an untrained teacher against those of noise and speech");
        Assert.That(_run.Metrics["Velocity loss"], Is.EqualTo(loss));
        Assert.That(_report.Samples.Select(sample => sample.Figures.Count), Is.All.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task A_second_run_gives_the_same_bytes()
    {
        using var second = await RunAsync();
        foreach (var file in Directory.EnumerateFiles(Folder(_run), "*", SearchOption.AllDirectories))
        {
            var other = Path.Combine(Folder(second), Path.GetRelativePath(Folder(_run), file));
            Assert.That(File.ReadAllBytes(other), Is.EqualTo(File.ReadAllBytes(file)), other);
        }
    }

    [Test]
    public async Task The_F0_figures_do_not_compare_two_trackers()
    {
        var credulous = new PitchSettings { ThresholdBeta = 0.2, VoicingChange = 0.4, SilenceDb = -120 };
        using var run = await RunAsync(credulous);
        var report = EvaluationReport.Read(Path.Combine(Folder(run), EvaluationReport.FileName));
        Assert.That(VoicingError(report), Is.Not.EqualTo(VoicingError(_report)).Within(1), "percent: it hears voice in noise");
        Assert.That(Stage(credulous).Settings, Is.Not.EqualTo(Stage(new PitchSettings()).Settings));
    }

    [Test]
    public async Task The_gate_judges_what_the_stage_left()
    {
        var metrics = Path.Combine(_run.Scratch, "metrics.jsonl");
        await File.WriteAllLinesAsync(metrics, Enumerable.Range(0, 12).Select(step => $$"""{"step":{{step}},"loss":{{12 - step}}}"""));
        var gate = new TeacherGate("GatePhase0", new TeacherGateSettings(),
            new StageInput.Output("metrics", "Phase0", "metrics.jsonl"), new StageInput.Output("evaluation", "EvaluatePhase0", "evaluation"));
        using var run = new LooseRun(gate.Id, new Dictionary<string, string> { ["metrics"] = metrics, ["evaluation"] = Folder(_run) });
        var verdict = await gate.JudgeAsync(run, CancellationToken.None);
        Assert.That(verdict.Passed, Is.True, string.Join("; ", verdict.Checks));
        Assert.That(verdict.Checks, Has.Count.EqualTo(5));
    }

    private static EvaluateTeacherStage Stage(PitchSettings pitch) => new("EvaluatePhase0", Settings, TrainedPipeline.Signal, pitch, new(
        new("teacher", "Phase0", "model.safetensors"), new("statistics", "MelStatistics", "mel_statistics.json"),
        new("embeddings", "SpeakerEncoder", "embeddings.safetensors"), [new("features", "Features", "features")]));

    private async Task<LooseRun> RunAsync(PitchSettings? pitch = null)
    {
        var stage = Stage(pitch ?? new PitchSettings());
        var run = new LooseRun(stage.Id, new Dictionary<string, string>
        {
            ["teacher"] = _pipeline.Teacher,
            ["statistics"] = _pipeline.Statistics,
            ["embeddings"] = _pipeline.Embeddings,
            ["features"] = _pipeline.Features,
        });
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private static double VoicingError(EvaluationReport report) =>
        report.Figures.Single(figure => figure.Name == "Voicing error").Value!.Value;

    private static string Folder(LooseRun run) => run.Output(EvaluateTeacherStage.Evaluation);
}
