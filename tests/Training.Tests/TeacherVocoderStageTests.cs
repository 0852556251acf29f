using Tmrvc.Audio;
using Tmrvc.Models;
using Tmrvc.TensorBoard.Tests;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class TeacherVocoderStageTests
{
    private static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private static readonly TeacherVocoderSettings Settings = new()
    {
        Steps = 8, BatchSize = 4, Frames = 24, MinFrames = 24, Lr = 2e-3, EmaDecay = 0.8, Channels = 16, Blocks = 1, DiscriminatorChannels = 2, AdversaryFrom = 2,
        ValidationInterval = 50, ValidationBatches = 1,
        Runtime = new RuntimeSettings { Device = DeviceChoice.Cpu, Threads = 1, CheckpointInterval = 3 },
    };

    private readonly TemporaryFolder _folder = new();
    private Dictionary<string, string> _inputs = null!;

    [OneTimeSetUp]
    public void Prepare()
    {
        SyntheticVoices.Write(_folder["segments"]);
        new MelStatistics(-11.5f, [.. Enumerable.Repeat(-5f, 80)], [.. Enumerable.Repeat(2f, 80)], 1000).Write(_folder["statistics.json"]);
        _inputs = new() { ["segments_Preprocess"] = _folder["segments"], ["statistics"] = _folder["statistics.json"] };
    }

    [OneTimeTearDown]
    public void Clear() => _folder.Dispose();

    [Test]
    public async Task Steps_without_an_adversary_bring_unheard_voices_nearer()
    {
        var run = await Train("learning", Settings with { Steps = 60, DiscriminatorChannels = 0, Channels = 32 });
        var losses = MetricsFile.ValidationLosses(run.Output(MetricsLog.FileName));
        Assert.That(losses[^1].Loss, Is.LessThan(0.5 * losses[0].Loss));
    }

    [Test]
    public async Task Training_against_an_adversary_interrupted_at_three_random_steps_ends_in_the_same_bytes()
    {
        var whole = await Train("whole", Settings);
        var steps = Interruptions.Draw(seed: 1, 3, before: Settings.Steps);
        foreach (var step in steps) Interrupt("broken", Settings, step);
        var broken = await Train("broken", Settings);
        Assert.That(broken.Lines, Has.Some.Contains($"goes on from step {steps[^1]}"));
        foreach (var output in new[] { TeacherVocoderStage.Model, MetricsLog.FileName })
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
        Assert.That(File.ReadAllText(whole.Output(MetricsLog.FileName)), Does.Contain("adversary_loss").And.Contain("vocoder_adversarial"));
    }

    [Test]
    public async Task The_adversary_begins_when_it_is_told_to_and_learns_to_tell_recorded_from_generated()
    {
        var run = await Train("late", Settings with { Steps = 40, AdversaryFrom = 10, DiscriminatorChannels = 4 });
        var lines = MetricsLog.Read(run.Output(MetricsLog.FileName)).Where(line => line["adversary_loss"] is not null).ToList();
        var losses = lines.Select(line => line["adversary_loss"]!.GetValue<float>()).ToList();
        Assert.That(losses[0], Is.EqualTo(2).Within(0.1), "it knows nothing yet");
        Assert.That(losses[^5..].Average(), Is.LessThan(losses[0] - 0.05));
        Assert.That(lines.Select(line => line["step"]!.GetValue<long>()), Is.EqualTo(Enumerable.Range(10, 30)));
        Assert.That(lines.Select(line => line["vocoder_adversarial"]), Has.All.Not.Null);
    }

    [Test]
    public async Task The_model_opens_as_a_vocoder_with_its_mel_statistics()
    {
        var run = await Train("model", Settings with { Steps = 1 });
        using var scope = NewDisposeScope();
        using var vocoder = ModelFiles.Vocoder.Load(run.Output(TeacherVocoderStage.Model));
        Assert.That(vocoder.call(zeros(1, 80, 5), null).shape, Is.EqualTo(new long[] { 1, 1200 }));
        Assert.That(MelStatistics.OfModel(run.Output(TeacherVocoderStage.Model)).Clamp, Is.EqualTo(-11.5f));
    }

    [Test]
    public async Task Validation_utterances_can_be_seen_and_heard_as_recorded_and_after_each_validation()
    {
        await Train("shown", Settings with { Steps = 2, DiscriminatorChannels = 0 });
        Assert.That(EventReader.Media(_folder["shown/events"]).Where(shown => shown.Tag == "utterance0/generated").Select(shown => (shown.Step, shown.IsSound)),
            Is.EqualTo(new[] { (0L, false), (0L, true), (2L, false), (2L, true) }));
        Assert.That(EventReader.Media(_folder["shown/events"]).Where(shown => shown.Tag == "utterance0/recorded").Select(shown => shown.Step), Is.EqualTo(new[] { 0L, 0L }));
    }

    private async Task<RecordedRun> Train(string folder, TeacherVocoderSettings settings)
    {
        var run = new RecordedRun(_folder[folder], _inputs);
        await Stage(settings).TrainAsync(run, CancellationToken.None);
        return run;
    }

    private void Interrupt(string folder, TeacherVocoderSettings settings, long after)
    {
        using var source = new CancellationTokenSource();
        var run = new RecordedRun(_folder[folder], _inputs) { Reported = done => { if (done >= after) source.Cancel(); } };
        Assert.That(async () => await Stage(settings).TrainAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static TeacherVocoderStage Stage(TeacherVocoderSettings settings) => new("TeacherVocoder", settings, Signal, "MelStatistics", "Preprocess") { Clock = new RacingClock() };
}
