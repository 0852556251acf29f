using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.SafeTensors;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Evaluation.Tests;

/// <summary>The stage and the gate after it, on real speech.</summary>
public sealed class EvaluateTeacherStageTests
{
    private static readonly TeacherEvaluationSettings Settings = new()
    {
        Steps = 2,
        FewSteps = 1,
        UtterancesPerSpeaker = 1,
        ShortestSample = 50,
        LongestSample = 90,
        LossUtterances = 3,
        Device = DeviceChoice.Cpu,
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
            Assert.That(_report.Samples.Count(sample => sample.Speaker == speaker && sample.Kind == SampleKind.Reconstruction), Is.EqualTo(1), speaker);
        var converted = _report.Samples.Where(sample => sample.Kind == SampleKind.Conversion).ToList();
        Assert.That(converted, Has.Count.EqualTo(speakers.Count * Math.Min(Settings.Targets, speakers.Count - 1)));
        Assert.That(converted.Select(sample => sample.TargetSpeaker).Distinct(), Is.EquivalentTo(speakers));
        Assert.That(converted.Select(sample => sample.TargetSpeaker == sample.Speaker), Has.None.True);
    }

    [Test]
    public void Every_signal_has_its_mel_and_audio_of_the_same_length()
    {
        using var mels = SafeTensorsFile.Open(Path.Combine(Folder(_run), TeacherEvaluator.MelsFile));
        var signals = _report.Samples.SelectMany(sample => sample.Signals).ToList();
        Assert.That(mels.Tensors.Select(tensor => tensor.Name), Is.EquivalentTo(signals.Select(signal => signal.Mel).Distinct()));
        foreach (var speaker in _report.Samples.GroupBy(sample => (sample.Speaker, sample.Kind)))
            Assert.That(speaker.Count(sample => sample.Signals.Count == 2), Is.EqualTo(1), $"{speaker.Key}: the first is shown, the others count");
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
            FigureNames.VelocityLoss, FigureNames.Vocoded, FigureNames.ReconstructionByMean, FigureNames.Reconstruction,
            FigureNames.Conversion, FigureNames.Nearest, FigureNames.ToSource,
            FigureNames.MelL1, "Mel L2", "Mel-cepstral distortion", FigureNames.MelL1InFewSteps, "F0 correlation", "F0 error", "Voicing error",
            FigureNames.Ceiling, FigureNames.Floor, FigureNames.Accuracy, FigureNames.Assigned, FigureNames.OpinionScore, FigureNames.WordErrors,
        }));
        var loss = _report.Figures[0].Value!.Value;
        Assert.That(loss, Is.InRange(0.5, 20), "velocities of an untrained teacher against those of noise and speech");
        Assert.That(_run.Metrics["Velocity loss"], Is.EqualTo(loss));
        Assert.That(_report.Samples.Select(sample => sample.Figures.Count), Is.All.GreaterThanOrEqualTo(3));
    }

    [Test]
    public void Similarities_stand_beside_those_of_real_recordings_and_what_was_not_computed_says_so()
    {
        var figures = _report.Figures.ToDictionary(figure => figure.Name);
        foreach (var name in new[] { FigureNames.Reconstruction, FigureNames.Conversion, FigureNames.Ceiling, FigureNames.Floor })
            Assert.That(figures[name].Value, Is.InRange(-1, 1).And.Not.Zero, name);
        Assert.That(figures[FigureNames.Ceiling].Note, Does.Contain("second speaker encoder"));
        Assert.That((figures[FigureNames.OpinionScore].Value, figures[FigureNames.OpinionScore].Note), Is.EqualTo(((double?)null, "not computed: no network for it is configured")));
    }

    [Test]
    public void A_mean_says_over_how_many_samples_and_how_sure_it_is()
    {
        var conversions = _report.Samples.Where(sample => sample.Kind == SampleKind.Conversion)
            .Select(sample => sample.Figures.Single(figure => figure.Name == FigureNames.Conversion).Value!.Value).ToList();
        var figure = _report.Figures.Single(figure => figure.Name == FigureNames.Conversion);
        Assert.That((figure.Value, figure.Count), Is.EqualTo(((double?)conversions.Average(), (int?)conversions.Count)));
        Assert.That(figure.StandardError, Is.GreaterThan(0));
    }

    [Test]
    public void What_fewer_steps_make_is_measured_beside()
    {
        var figures = _report.Figures.ToDictionary(figure => figure.Name);
        Assert.That(figures[FigureNames.MelL1InFewSteps].Value, Is.GreaterThan(0).And.Not.EqualTo(figures[FigureNames.MelL1].Value));
    }

    [Test]
    public async Task Words_are_counted_where_something_understands_them()
    {
        using var run = await RunAsync(words: true);
        var report = EvaluationReport.Read(Path.Combine(Folder(run), EvaluationReport.FileName));
        var recorded = report.Figures.Single(figure => figure.Name == FigureNames.RecordedWordErrors);
        var converted = report.Figures.Single(figure => figure.Name == FigureNames.WordErrors);
        Assert.That(recorded.Note, Does.Match("^of [1-9][0-9]* English words$"));
        Assert.That(converted.Note, Is.EqualTo(recorded.Note), "the same sentences");
        Assert.That(converted.Value, Is.GreaterThan(50), "percent: an untrained teacher says nothing");
    }

    [Test]
    public async Task Griffin_Lim_and_no_embedder_need_no_other_stage()
    {
        using var run = await RunAsync(new FeaturesSettings(), alone: true);
        var report = EvaluationReport.Read(Path.Combine(Folder(run), EvaluationReport.FileName));
        Assert.That(report.Samples[0].Signals[0].Note, Does.EndWith("Griffin-Lim"));
        Assert.That(_report.Samples[0].Signals[0].Note, Does.EndWith("teacher's vocoder"));
        Assert.That(report.Figures.Select(figure => figure.Name), Has.None.StartsWith("SECS"));
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
        var credulous = new FeaturesSettings { Pitch = new() { ThresholdBeta = 0.2, VoicingChange = 0.4, SilenceDb = -120 } };
        using var run = await RunAsync(credulous);
        var report = EvaluationReport.Read(Path.Combine(Folder(run), EvaluationReport.FileName));
        Assert.That(VoicingError(report), Is.Not.EqualTo(VoicingError(_report)).Within(1), "percent: it hears voice in noise");
        Assert.That(Stage(credulous).Settings, Is.Not.EqualTo(Stage(new FeaturesSettings()).Settings));
        Assert.That(Stage(new FeaturesSettings { F0 = F0Kind.Rmvpe }).Settings, Is.Not.EqualTo(Stage(new FeaturesSettings()).Settings));
    }

    [Test]
    public async Task The_gate_judges_what_the_stage_left()
    {
        var metrics = Path.Combine(_run.Scratch, "metrics.jsonl");
        await File.WriteAllLinesAsync(metrics, Enumerable.Range(0, 12).Select(step => $$"""{"step":{{step}},"loss":{{12 - step}}}"""));
        var gate = new TeacherGate("GatePhase0", new TeacherGateSettings { Loss = new(), Reconstruction = new() { Least = -1 } },
            new StageInput.Output("metrics", "Phase0", "metrics.jsonl"), new StageInput.Output("evaluation", "EvaluatePhase0", "evaluation"));
        using var run = new LooseRun(gate.Id, new Dictionary<string, string> { ["metrics"] = metrics, ["evaluation"] = Folder(_run) });
        var verdict = await gate.JudgeAsync(run, CancellationToken.None);
        Assert.That(verdict.Passed, Is.True, string.Join("; ", verdict.Checks));
        Assert.That(verdict.Checks, Has.Count.EqualTo(6));
    }

    private static EvaluateTeacherStage Stage(FeaturesSettings features, bool alone = false, bool words = false)
    {
        var inputs = new TeacherEvaluationInputs(
            new("teacher", "Phase0", "model.safetensors"), new("statistics", "MelStatistics", "mel_statistics.json"),
            new("embeddings", "SpeakerEncoder", "embeddings.safetensors"), [new("features", "Features", "features")]);
        var settings = alone ? Settings with { Waveforms = WaveformKind.GriffinLim, Embedder = EmbedderKind.None } : Settings;
        return new("EvaluatePhase0", words ? settings with { Steps = 1, LongestSample = 400, UtterancesPerSpeaker = 9, Targets = 1, LossUtterances = 1, Embedder = EmbedderKind.None } : settings, TrainedPipeline.Signal, features, alone ? inputs : inputs with
        {
            Words = words ? new("words", "FetchWords", "folder") : null,
            Vocoder = new("vocoder", "TeacherVocoder", "vocoder.safetensors"),
            Judge = new("judge", "JudgeEncoder", "speaker_encoder.safetensors"),
            Segments = [new("segments", "Preprocess", "segments")],
        });
    }

    private async Task<LooseRun> RunAsync(FeaturesSettings? features = null, bool alone = false, bool words = false)
    {
        var stage = Stage(features ?? new FeaturesSettings(), alone, words);
        var run = new LooseRun(stage.Id, new Dictionary<string, string>
        {
            ["teacher"] = _pipeline.Teacher,
            ["statistics"] = _pipeline.Statistics,
            ["embeddings"] = _pipeline.Embeddings,
            ["features"] = _pipeline.Features,
            ["vocoder"] = _pipeline.Vocoder,
            ["judge"] = _pipeline.Judge,
            ["segments"] = _pipeline.Segments,
            ["words"] = "/usr/share/pocketsphinx/model/en-us",
        });
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private static double VoicingError(EvaluationReport report) =>
        report.Figures.Single(figure => figure.Name == "Voicing error").Value!.Value;

    private static string Folder(LooseRun run) => run.Output(EvaluateTeacherStage.Evaluation);
}
