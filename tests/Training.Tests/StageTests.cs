using Tmrvc.Models;
using Tmrvc.TensorBoard.Tests;
using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class StageTests
{
    private SyntheticPipeline _pipeline = null!;

    [OneTimeSetUp]
    public async Task Prepare() => _pipeline = await SyntheticPipeline.Prepared();

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    [Test]
    public void Every_utterance_has_an_embedding_of_unit_length_nearest_to_those_of_its_speaker()
    {
        using var embeddings = SpeakerEmbeddings.Open(_pipeline.Embeddings);
        Assert.That(embeddings.Ids, Has.Count.EqualTo(30));
        foreach (var id in embeddings.Ids)
        {
            var own = embeddings.Of(id).ToArray();
            Assert.That(Cosine(own, own), Is.EqualTo(1).Within(1e-5));
            var nearest = embeddings.Ids.Where(other => other != id).MaxBy(other => Cosine(own, embeddings.Of(other).ToArray()));
            Assert.That(Speaker(nearest!), Is.EqualTo(Speaker(id)));
        }
    }

    [Test]
    public async Task The_speaker_encoder_and_its_embeddings_are_the_same_bytes_every_time()
    {
        var first = await _pipeline.TrainSpeakerEncoder("speaker-1");
        var second = await _pipeline.TrainSpeakerEncoder("speaker-2");
        foreach (var output in new[] { SpeakerEncoderStage.Model, SpeakerEncoderStage.Embeddings, MetricsLog.FileName })
            Assert.That(File.ReadAllBytes(second.Output(output)), Is.EqualTo(File.ReadAllBytes(first.Output(output))), output);
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_speaker_encoder_interrupted_at_three_random_steps_ends_in_the_same_bytes(int seed)
    {
        var whole = await _pipeline.TrainSpeakerEncoder($"speaker-whole-{seed}");
        var steps = Interruptions.Draw(seed, 3, before: SyntheticPipeline.SpeakerEncoder.Steps);
        foreach (var step in steps) _pipeline.InterruptSpeakerEncoder($"speaker-broken-{seed}", after: step);
        var broken = await _pipeline.TrainSpeakerEncoder($"speaker-broken-{seed}");
        Assert.That(broken.Lines, Has.Some.Contains($"goes on from step {steps[^1]}"));
        foreach (var output in new[] { SpeakerEncoderStage.Model, SpeakerEncoderStage.Embeddings, MetricsLog.FileName })
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
    }

    [Test]
    public async Task Sixty_steps_bring_the_teachers_loss_on_unheard_utterances_below_six_tenths()
    {
        var run = await _pipeline.TrainTeacher("learning", SyntheticPipeline.Teacher with { Steps = 60 });
        var losses = MetricsFile.ValidationLosses(run.Output(MetricsLog.FileName));
        Assert.That(losses[^1].Loss, Is.LessThan(0.6 * losses[0].Loss));
        Assert.That(losses[^1].Step, Is.EqualTo(60));
    }

    [Test]
    public async Task In_bfloat16_a_teacher_learns_about_as_well_and_its_model_is_float32()
    {
        var rounded = await _pipeline.TrainTeacher("rounded", SyntheticPipeline.Teacher with { Precision = Precision.Bf16 });
        var exact = await _pipeline.TrainTeacher("exact", SyntheticPipeline.Teacher);
        var (loss, expected) = (Last(rounded), Last(exact));
        Assert.That(loss, Is.EqualTo(expected).Within(0.1 * expected).And.Not.EqualTo(expected));
        using var teacher = ModelFiles.Teacher.Load(rounded.Output(TeacherPhaseStage.Model));
        static double Last(RecordedRun run) => MetricsFile.ValidationLosses(run.Output(MetricsLog.FileName))[^1].Loss;
    }

    [Test]
    public async Task The_model_opens_as_a_teacher_with_its_mel_statistics()
    {
        var run = await _pipeline.TrainTeacher("model", SyntheticPipeline.Teacher with { Steps = 1 });
        using var teacher = ModelFiles.Teacher.Load(run.Output(TeacherPhaseStage.Model));
        Assert.That(teacher.Architecture.Dimensions.Content, Is.EqualTo(SyntheticSpeech.Content));
        Assert.That(MelStatistics.OfModel(run.Output(TeacherPhaseStage.Model)).Mean, Has.Length.EqualTo(SyntheticSpeech.Mels));
        Assert.That(File.ReadAllText(run.Output(TeacherPhaseStage.Summary)), Does.Contain("\"preset\": \"tiny\"").And.Not.Contain("threads").And.Not.Contain("keep").And.Not.Contain("precision"));
    }

    [Test]
    public void A_corpus_without_a_validation_utterance_fails_before_the_training_and_not_after_it()
    {
        var run = _pipeline.TrainTeacher("unheard", SyntheticPipeline.Teacher with { MinFrames = 79, Frames = 80 });
        Assert.That(async () => await run, Throws.TypeOf<InvalidDataException>().With.Message.Contains("no validation utterance has min_frames (79)"));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_phase_interrupted_at_three_random_steps_ends_in_the_same_bytes(int threads)
    {
        var settings = SyntheticPipeline.Teacher with { Runtime = SyntheticPipeline.Teacher.Runtime with { Threads = threads } };
        var whole = await _pipeline.TrainTeacher($"whole{threads}", settings);
        var steps = Interruptions.Draw(seed: threads, 3, before: settings.Steps);
        foreach (var step in steps) _pipeline.InterruptTeacher($"broken{threads}", settings, after: step);
        var broken = await _pipeline.TrainTeacher($"broken{threads}", settings);
        Assert.That(broken.Lines, Has.Some.Contains($"goes on from step {steps[^1]}"));
        foreach (var output in new[] { TeacherPhaseStage.Model, MetricsLog.FileName, TeacherPhaseStage.Summary })
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
    }

    [Test]
    public async Task A_phase_begins_where_the_phase_before_it_ended()
    {
        var first = await _pipeline.TrainTeacher("first", SyntheticPipeline.Teacher);
        var second = await _pipeline.ContinueTeacher("second", first, SyntheticPipeline.Teacher with { Steps = 1 });
        Assert.That(
            MetricsFile.ValidationLosses(second.Output(MetricsLog.FileName))[0].Loss,
            Is.EqualTo(MetricsFile.ValidationLosses(first.Output(MetricsLog.FileName))[^1].Loss));
    }

    [Test]
    public async Task A_validation_takes_no_conditions_away_whatever_the_training_does()
    {
        var first = await _pipeline.TrainTeacher("told", SyntheticPipeline.Teacher with { Flow = new() { Unconditional = 0 } });
        var always = await ValidationAtTheBeginning("always", new() { Unconditional = 0 });
        var never = await ValidationAtTheBeginning("never", new() { Unconditional = 1, ContentDropout = 0.5, SpeakerNoise = 0.5 });
        Assert.That(never, Is.EqualTo(always));

        async Task<double> ValidationAtTheBeginning(string folder, FlowSettings flow)
        {
            var run = await _pipeline.ContinueTeacher(folder, first, SyntheticPipeline.Teacher with { Steps = 1, WarmUp = 0, Flow = flow });
            return MetricsFile.ValidationLosses(run.Output(MetricsLog.FileName))[0].Loss;
        }
    }

    [Test]
    public async Task Validation_utterances_can_be_seen_and_heard_as_recorded_and_after_each_validation()
    {
        var run = await _pipeline.TrainTeacher("shown", SyntheticPipeline.Teacher with { Steps = 2 });
        var media = EventReader.Media(run.Events);
        Assert.That(media.Where(shown => shown.Tag == "utterance0/generated").Select(shown => (shown.Step, shown.IsSound)),
            Is.EqualTo(new[] { (0L, false), (0L, true), (2L, false), (2L, true) }));
        Assert.That(media.Where(shown => shown.Tag == "utterance0/recorded").Select(shown => shown.Step), Is.EqualTo(new[] { 0L, 0L }));
    }

    private static double Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static string Speaker(string id) => id.Split('/')[1];
}
