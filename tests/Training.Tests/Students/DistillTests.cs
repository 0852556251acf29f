using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.TensorBoard.Tests;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class DistillTests
{
    private static readonly SmallStudents Small = new();

    private static readonly TrajectoriesSettings Ways = new()
    {
        Frames = 48, MinFrames = 32, Steps = 4, Stretches = 2, BatchSize = 6, Validation = 4, Runtime = SyntheticPipeline.Teacher.Runtime,
    };

    private static readonly DistillationSettings Settings = new()
    {
        Steps = 12, BatchSize = 4, Lr = 3e-3, WarmUp = 2, EmaDecay = 0.8, ValidationInterval = 6, ValidationBatches = 1, Estimates = 0, Runtime = SyntheticPipeline.Teacher.Runtime,
    };

    private SyntheticPipeline _pipeline = null!;
    private RecordedRun _ways = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _pipeline = await SyntheticPipeline.Prepared();
        _ways = await _pipeline.MakeTrajectories("ways", await _pipeline.TrainTeacher("teacher", SyntheticPipeline.Teacher), Ways);
    }

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    [Test]
    public async Task Interrupted_at_three_random_steps_it_ends_in_the_same_bytes()
    {
        var whole = await _pipeline.Distil("whole", _ways, Settings, SmallStudents.Architecture);
        foreach (var step in Interruptions.Draw(seed: 6, 3, before: Settings.Steps)) _pipeline.InterruptDistilling("broken", _ways, Settings, SmallStudents.Architecture, step);
        var broken = await _pipeline.Distil("broken", _ways, Settings, SmallStudents.Architecture);
        Assert.That(broken.Lines, Has.Some.Contains("goes on from step"));
        foreach (var output in new[] { StudentNetworks.ContentEncoderFile, StudentNetworks.ConverterFile, MetricsLog.FileName })
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
        var losses = MetricsFile.ValidationLosses(whole.Output(MetricsLog.FileName));
        Assert.That(losses[^1].Loss, Is.LessThan(losses[0].Loss), "on ways that it did not learn from");
        using var converter = ModelFiles.Converter.Load(whole.Output(StudentNetworks.ConverterFile));
        Assert.That(MelStatistics.OfModel(whole.Output(StudentNetworks.ConverterFile)).Clamp, Is.EqualTo(MelStatistics.Read(_pipeline.Statistics).Clamp));
    }

    [Test]
    public async Task Source_teacher_and_student_can_be_seen_and_heard()
    {
        var run = await _pipeline.Distil("shown", _ways, Settings with { Steps = 2 }, SmallStudents.Architecture);
        var shown = EventReader.Media(run.Events).Where(medium => medium.Tag.StartsWith("utterance1/", StringComparison.Ordinal));
        Assert.That(shown.Where(medium => medium.IsSound).Select(medium => $"{medium.Tag} {medium.Step}"),
            Is.EquivalentTo(new[] { "utterance1/source 0", "utterance1/teacher 0", "utterance1/student 0", "utterance1/student 2" }));
    }

    [Test]
    public async Task A_room_that_nothing_was_learnt_of_changes_nothing()
    {
        var run = await _pipeline.Distil("room", _ways, Settings, SmallStudents.Architecture);
        using var scope = NewDisposeScope();
        using var random = new StepRandom(1, 0, 0, CPU);
        using var converter = ModelFiles.Converter.Load(run.Output(StudentNetworks.ConverterFile));
        var (content, speaker) = (random.Normal(1, SmallStudents.Architecture.Content, 9), random.Normal(1, 192));
        Tensor In(Tensor room) => converter.forward(content, new ConverterConditions(speaker, room)).Output;
        Assert.That((In(zeros(1, 24)) - In(random.Uniform(1, 24))).abs().max().item<float>(), Is.Zero);
        Assert.That((converter.forward(content, new ConverterConditions(-speaker, zeros(1, 24))).Output - In(zeros(1, 24))).abs().max().item<float>(), Is.GreaterThan(1e-3));
    }

    [Test]
    public async Task The_speaker_encoder_learns_the_embeddings_of_the_teachers_and_its_deltas_stay_nothing()
    {
        var settings = new StudentVoicesSettings
        {
            Steps = 40, BatchSize = 6, Frames = 48, MinFrames = 32, Lr = 3e-3, EmaDecay = 0.8, ValidationInterval = 40, ValidationBatches = 1, Runtime = Settings.Runtime,
        };
        var run = await _pipeline.TrainVoices("voices", settings, SmallStudents.Architecture);
        var losses = MetricsFile.ValidationLosses(run.Output(MetricsLog.FileName));
        Assert.That(losses[^1].Loss, Is.LessThan(0.3 * losses[0].Loss), "1 − cosine on utterances that it did not learn from");
        using var scope = NewDisposeScope();
        using var encoder = ModelFiles.StudentSpeakerEncoder.Load(run.Output(StudentNetworks.SpeakerEncoderFile));
        Assert.That(ModuleWeights.Of(encoder)["lora_head.2.weight"].abs().max().item<float>(), Is.Zero);
    }

    [Test]
    public void Four_utterances_are_learnt_by_heart_in_two_hundred_steps_but_for_a_twentieth_of_the_mels_error()
    {
        using var shards = FeatureShards.Open(_pipeline.Features);
        var batch = StraightWays.To(shards, MelStatistics.Read(_pipeline.Statistics), [.. shards.Of(Split.Train).Take(4).Select(u => (u, shards.SpeakerOf(u)))]);
        var (before, after) = Small.Learn(shards, MelStatistics.Read(_pipeline.Statistics), [batch], batch, steps: 200);
        Assert.That(after, Is.LessThan(0.05 * before));
    }

    [Test]
    public void A_student_that_learnt_conversions_turns_the_voice_of_utterances_that_it_never_heard()
    {
        using var shards = FeatureShards.Open(_pipeline.Features);
        var statistics = MelStatistics.Read(_pipeline.Statistics);
        var batches = Enumerable.Range(0, 12).Select(n => StraightWays.To(shards, statistics, Conversions(Split.Train, n, 6))).ToList();
        var unheard = StraightWays.To(shards, statistics, Conversions(Split.Validation, 0, 6));
        var (_, after) = Small.Learn(shards, statistics, batches, unheard, steps: 240);
        var unchanged = Small.Distance(unheard.Said.Features.LogMel, unheard);
        Assert.That(after, Is.LessThan(0.2 * unchanged), "the source itself is five times as far from the target's speech");

        (int Utterance, int Voice)[] Conversions(Split split, int first, int count) =>
            [.. shards.Of(split).Skip(first * 2 % 18 * (split == Split.Train ? 1 : 0)).Take(count).Select(u => (u, (shards.SpeakerOf(u) + 1 + first % 2) % 3))];
    }
}
