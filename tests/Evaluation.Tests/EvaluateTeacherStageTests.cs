using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
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
            "Velocity loss", "SECS of reconstructions", "SECS of conversions", "Mel L1", "Mel L2", "Mel-cepstral distortion",
            "F0 correlation", "F0 error", "Voicing error",
            "SECS of real recordings of one speaker", "SECS of real recordings of two speakers", "UTMOS",
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
    public void Speech_is_compared_with_other_recordings_of_the_voice_asked_for()
    {
        using var shards = FeatureShards.Open(_pipeline.Features);
        var odd = shards.Of(Split.Validation).First();
        var speaker = shards.SpeakerOf(odd);
        var own = Enumerable.Range(0, shards.Utterances.Count).Count(utterance => shards.SpeakerOf(utterance) == speaker);
        var voices = new ReferenceVoices(shards, new Compass(shards, odd), perSpeaker: 99, shortest: 1, Spoken);

        Assert.That(voices.Similarity(Spoken(odd), speaker, madeFrom: odd), Is.Zero.Within(1e-6), "its own recording would count as 1");
        Assert.That(voices.Similarity(Spoken(odd), speaker, madeFrom: -1), Is.EqualTo(1.0 / own).Within(1e-6), "one of them is itself");
        Assert.That(voices.Ceiling(), Is.LessThan(1), "the odd one counts");
        Assert.That(new ReferenceVoices(shards, new Compass(shards, odd: -1), 99, 1, Spoken).Ceiling(), Is.EqualTo(1).Within(1e-6));
        Assert.That(new ReferenceVoices(shards, new Compass(shards, odd: -1), 99, 1, Spoken).Floor(), Is.InRange(-0.999, 0.999));

        static AudioBuffer Spoken(int utterance) => new([utterance], 24000);
    }

    /// <summary>Every speaker is a direction; one utterance stands at a right angle to its speaker's.</summary>
    private sealed class Compass(FeatureShards shards, int odd) : ISpeakerEmbedder
    {
        public string Name => "compass";

        public float[] Embed(AudioBuffer speech)
        {
            var utterance = (int)speech.Samples[0];
            var angle = 0.7f * shards.SpeakerOf(utterance) + (utterance == odd ? MathF.PI / 2 : 0);
            return [MathF.Cos(angle), MathF.Sin(angle)];
        }
    }

    [Test]
    public async Task Griffin_Lim_and_no_embedder_need_no_other_stage()
    {
        using var run = await RunAsync(new PitchSettings(), alone: true);
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
        var gate = new TeacherGate("GatePhase0", new TeacherGateSettings { Loss = new(), Reconstruction = new() { Least = -1 } },
            new StageInput.Output("metrics", "Phase0", "metrics.jsonl"), new StageInput.Output("evaluation", "EvaluatePhase0", "evaluation"));
        using var run = new LooseRun(gate.Id, new Dictionary<string, string> { ["metrics"] = metrics, ["evaluation"] = Folder(_run) });
        var verdict = await gate.JudgeAsync(run, CancellationToken.None);
        Assert.That(verdict.Passed, Is.True, string.Join("; ", verdict.Checks));
        Assert.That(verdict.Checks, Has.Count.EqualTo(6));
    }

    private static EvaluateTeacherStage Stage(PitchSettings pitch, bool alone = false)
    {
        var inputs = new TeacherEvaluationInputs(
            new("teacher", "Phase0", "model.safetensors"), new("statistics", "MelStatistics", "mel_statistics.json"),
            new("embeddings", "SpeakerEncoder", "embeddings.safetensors"), [new("features", "Features", "features")]);
        var settings = alone ? Settings with { Waveforms = WaveformKind.GriffinLim, Embedder = EmbedderKind.None } : Settings;
        return new("EvaluatePhase0", settings, TrainedPipeline.Signal, pitch, alone ? inputs : inputs with
        {
            Vocoder = new("vocoder", "TeacherVocoder", "vocoder.safetensors"),
            Judge = new("judge", "JudgeEncoder", "speaker_encoder.safetensors"),
            Segments = [new("segments", "Preprocess", "segments")],
        });
    }

    private async Task<LooseRun> RunAsync(PitchSettings? pitch = null, bool alone = false)
    {
        var stage = Stage(pitch ?? new PitchSettings(), alone);
        var run = new LooseRun(stage.Id, new Dictionary<string, string>
        {
            ["teacher"] = _pipeline.Teacher,
            ["statistics"] = _pipeline.Statistics,
            ["embeddings"] = _pipeline.Embeddings,
            ["features"] = _pipeline.Features,
            ["vocoder"] = _pipeline.Vocoder,
            ["judge"] = _pipeline.Judge,
            ["segments"] = _pipeline.Segments,
        });
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private static double VoicingError(EvaluationReport report) =>
        report.Figures.Single(figure => figure.Name == "Voicing error").Value!.Value;

    private static string Folder(LooseRun run) => run.Output(EvaluateTeacherStage.Evaluation);
}
