using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

/// <summary>Phases 1a, 1b and 2 at mini size, over real speech: what the trainer was proved by with phase 0 holds for each of them.</summary>
public sealed class LaterPhasesTests
{
    private static readonly TeacherPhaseSettings Phase1a = new()
    {
        Steps = 7, BatchSize = 3, Frames = 32, MinFrames = 32, Lr = 1e-3, WarmUp = 2, EmaDecay = 0.8, ResumesFrom = "0",
        ValidationInterval = 4, ValidationBatches = 1,
        Runtime = new() { Device = DeviceChoice.Cpu, Threads = 1, CheckpointInterval = 2 },
    };

    private static readonly TeacherPhaseSettings Phase1b = Phase1a with
    {
        Losses = new() { Stft = 0.5, Speaker = 0.3 }, Flow = new() { CrossSpeaker = 0.4 },
    };

    private static readonly TeacherPhaseSettings Phase2 = Phase1b with
    {
        Losses = new() { Stft = 0.5, Speaker = 0.3, Ir = 0.1 },
        Augmentation = new() { RoomProbability = 0.7, ShelfProbability = 0.5, NoiseProbability = 0.5, PitchProbability = 0.5 },
    };

    private static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new ConfigurationLayer("constants.yaml", File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "constants.yaml")))], []);

    private readonly TemporaryFolder _folder = new();
    private SpeechCorpus _corpus = null!;
    private Dictionary<string, string> _inputs = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _corpus = await SpeechCorpus.MakeAsync(validationShare: 0.5);
        var statistics = new MelStatistics(-11.5f, [.. Enumerable.Repeat(-5f, 80)], [.. Enumerable.Repeat(2f, 80)], 1);
        statistics.Write(_folder["statistics.json"]);
        _inputs = new()
        {
            ["features_Features"] = _corpus.FeaturesFolder, ["segments_Preprocess"] = _corpus.SegmentsFolder, ["responses_Rooms"] = _corpus.RoomsFolder,
            ["statistics"] = _folder["statistics.json"], ["embeddings"] = _folder["embeddings.safetensors"],
            ["vocoder"] = _folder["vocoder.safetensors"], ["speaker_encoder"] = _folder["speaker_encoder.safetensors"],
        };
        SpeakerEmbeddings.Save(_inputs["embeddings"], _corpus.Shards.Utterances.ToDictionary(utterance => utterance.Id, utterance => Direction(utterance.Speaker)));
        using var vocoder = new TeacherVocoder(new() { Channels = 16, Blocks = 1 }, seed: 2);
        var metadata = ModelFiles.Vocoder.Metadata(vocoder.Architecture);
        metadata[MelStatistics.MetadataKey] = statistics.ToJson();
        ModuleWeights.Save(vocoder, _inputs["vocoder"], metadata);
        using var encoder = new SpeakerEncoder(new() { Channels = 16 }, seed: 3);
        ModuleWeights.Save(encoder, _inputs["speaker_encoder"], ModelFiles.SpeakerEncoder.Metadata(encoder.Architecture));
        var first = await Train("0", Phase1a with { Steps = 2, WarmUp = 0, ResumesFrom = null });
        _inputs["previous"] = first.Output(TeacherPhaseStage.Model);
    }

    [OneTimeTearDown]
    public void Clear()
    {
        _corpus.Dispose();
        _folder.Dispose();
    }

    private static TeacherPhaseSettings[] Phases => [Phase1a, Phase1b, Phase2];

    [Test]
    public async Task Each_interrupted_at_three_random_steps_ends_in_the_same_bytes([Values(0, 1, 2)] int phase)
    {
        var settings = Phases[phase];
        var whole = await Train($"whole{phase}", settings);
        foreach (var step in Interruptions.Draw(seed: 5 + phase, 3, before: settings.Steps)) Interrupt($"broken{phase}", settings, step);
        var broken = await Train($"broken{phase}", settings);
        Assert.That(broken.Lines, Has.Some.Contains("goes on from step"));
        foreach (var output in Stage(settings).Outputs)
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
    }

    [Test]
    public async Task Phase_2_tells_each_of_its_losses_and_leaves_a_teacher_and_an_estimator_of_rooms()
    {
        var run = await Train("2", Phase2 with { Steps = 2 });
        string[] losses = ["flow", "stft", "speaker", "ir"];
        var metrics = File.ReadAllText(run.Output(MetricsLog.FileName));
        foreach (var loss in losses.Concat(losses.Select(loss => $"validation_{loss}")))
            Assert.That(metrics, Does.Contain($"\"{loss}\""));
        using var teacher = ModelFiles.Teacher.Load(run.Output(TeacherPhaseStage.Model));
        using var rooms = ModelFiles.RoomEstimator.Load(run.Output(TeacherPhaseStage.Rooms));
        Assert.That((rooms.Architecture.Mels, rooms.Architecture.Bands), Is.EqualTo((80, 8)));
    }

    [Test]
    public void A_batch_in_rooms_conditions_the_teacher_on_what_was_applied_and_hides_what_is_not_known()
    {
        using var embeddings = SpeakerEmbeddings.Open(_inputs["embeddings"]);
        var augmenter = _corpus.Augmenter(new() { RoomProbability = 1, NoiseProbability = 1 });
        var batches = new TeacherBatches(_corpus.Shards, MelStatistics.Read(_inputs["statistics"]), embeddings) { Augmenter = augmenter };
        var plain = _corpus.Batch(3, 48);
        var (made, applied) = (batches.Make(plain.Plan), augmenter.Augment(plain));
        var rooms = made.Rooms!;
        for (var b = 0; b < 3; b++)
        {
            var (values, mask) = (applied.IrParameters[(24 * b)..(24 * b + 24)], applied.IrMask[(8 * b)..(8 * b + 8)]);
            Assert.That(rooms.Parameters[(24 * b)..(24 * b + 24)], Is.EqualTo(RoomScale.Scaled(values, mask)));
            for (var band = 0; band < 8; band++)
                Assert.That(rooms.Known[24 * b + 16 + band], Is.EqualTo(mask[band]));
        }
        Assert.That(made.Features.LogMel, Is.Not.EqualTo(rooms.Heard), "noise is heard, not learnt");
        using var conditions = made.Conditions(new(80, _corpus.Shards.ContentDimension, 192, 24, 8), TorchSharp.torch.CPU).Ir;
        Assert.That(conditions.data<float>().ToArray(), Is.EqualTo(rooms.Parameters));
    }

    private async Task<RecordedRun> Train(string folder, TeacherPhaseSettings settings)
    {
        var run = new RecordedRun(_folder[folder], _inputs);
        await Stage(settings).TrainAsync(run, CancellationToken.None);
        return run;
    }

    private void Interrupt(string folder, TeacherPhaseSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = new RecordedRun(_folder[folder], _inputs) { Reported = done => { if (done >= after) source.Cancel(); } };
        Assert.That(async () => await Stage(settings).TrainAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static TeacherPhaseStage Stage(TeacherPhaseSettings settings) => new("Phase", settings, Constants, new(["Features"], "MelStatistics", "SpeakerEncoder")
    {
        Previous = settings.ResumesFrom is null ? null : new("Phase0"), Vocoder = "TeacherVocoder", Preprocessing = ["Preprocess"], Rooms = ["Rooms"],
    })
    { Clock = new RacingClock() };

    /// <summary>Unit length, another one for each speaker.</summary>
    private static float[] Direction(string speaker) => [.. Enumerable.Range(0, 192).Select(i => i == speaker.Sum(letter => letter) % 192 ? 1f : 0f)];
}
