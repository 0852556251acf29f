using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;
using Tmrvc.Training;

namespace Tmrvc.Build.Tests;

/// <summary>The schedules that the full profile owes to the plan of the teacher, number by number.</summary>
public sealed class FullProfileTests
{
    private static readonly PipelineConfiguration Full = ConfigurationLoader.Load<PipelineConfiguration>(
        new ConfigurationFiles(Repository.Root).Read("full", Repository.Root), []);

    private static readonly string[] All = [];

    private static readonly AugmentationRow Dry = new(0, 0, 0, 0, 0, 0, 0);

    private static readonly object[] Schedules =
    [
        new object[] { "0", null!, new[] { "vctk", "jvs" }, 100_000, 32, 2e-4, LearningRateShape.Cosine, 0 },
        new object[] { "1a", "0", All, 500_000, 64, 1e-4, LearningRateShape.Cosine, 5000 },
        new object[] { "1b", "1a", All, 200_000, 64, 5e-5, LearningRateShape.Constant, 0 },
        new object[] { "2", "1b", All, 200_000, 64, 5e-5, LearningRateShape.Constant, 0 },
        new object[] { "reflow", "2", All, 100_000, 64, 5e-5, LearningRateShape.Constant, 0 },
        new object[] { "reflow", "2", All, 100_000, 64, 5e-5, LearningRateShape.Constant, 0 },
    ];

    private static readonly object[] Objectives =
    [
        new object[] { "0", (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), Dry },
        new object[] { "1a", (0.0, 0.0, 0.0), (0.0, 0.1, 0.1, 0.0), Dry },
        new object[] { "1b", (0.5, 0.3, 0.0), (0.2, 0.1, 0.1, 0.0), Dry },
        new object[] { "2", (0.5, 0.3, 0.1), (0.2, 0.1, 0.1, 0.0), new AugmentationRow(0.5, 0.3, 6, 0.3, 15, 0.3, 2) },
        new object[] { "reflow", (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), Dry },
        new object[] { "reflow", (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), Dry },
    ];

    [Test]
    public void It_trains_the_four_phases_on_all_corpora() => Assert.That(
        (string.Join(" ", Full.TeacherPhases), string.Join(" ", Full.Datasets)), Is.EqualTo(("0 1a 1b 2", "vctk jvs libritts_r")));

    [TestCaseSource(nameof(Schedules))]
    public void A_phase_has_its_corpora_steps_batch_and_rate(
        string name, string? origin, string[] datasets, int steps, int batch, double rate, LearningRateShape shape, int warmUp)
    {
        var phase = Full.Phases[name];
        Assert.That(phase.ResumesFrom, Is.EqualTo(origin));
        Assert.That(phase.Datasets, Is.EqualTo(datasets));
        Assert.That(
            (phase.Preset, phase.Steps, phase.BatchSize * phase.Accumulation, phase.Lr, phase.Schedule, phase.WarmUp),
            Is.EqualTo(("base", steps, batch, rate, shape, warmUp)));
        Assert.That(phase.Optimiser.ClipNorm, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Objectives))]
    public void A_phase_has_its_losses_and_probabilities(
        string name, (double Stft, double Speaker, double Ir) losses, (double Cross, double Content, double Noise, double Other) flow, AugmentationRow augmentation)
    {
        var phase = Full.Phases[name];
        Assert.That((phase.Losses.Stft, phase.Losses.Speaker, phase.Losses.Ir), Is.EqualTo(losses));
        Assert.That((phase.Flow.CrossSpeaker, phase.Flow.ContentDropout, phase.Flow.SpeakerNoise, phase.Flow.OtherUtterance), Is.EqualTo(flow));
        Assert.That(AugmentationRow.Of(phase), Is.EqualTo(augmentation));
        Assert.That(phase.Augmentation?.MostSnr ?? 40, Is.EqualTo(40));
    }

    [Test]
    public void Reflow_is_optional_and_learns_from_what_the_teacher_says_in_twenty_steps_half_of_it_in_anothers_voice()
    {
        var pairs = Full.Phases["reflow"].Pairs!;
        Assert.That((pairs.Steps, pairs.Conversions, pairs.Frames, Full.Phases["reflow"].Flow.Unconditional), Is.EqualTo((20, 0.5, 400, 0.0)));
    }

    [Test]
    public void Half_of_what_a_student_hears_is_in_rooms_and_half_of_those_it_is_told_by_its_own_ear() =>
        Assert.That((Full.Student.Trajectories.Augmentation?.RoomProbability, Full.Student.DistillA.Estimates), Is.EqualTo((0.5, 0.5)));

    [Test]
    public void A_student_is_distilled_from_twenty_steps_half_of_them_conversions() => Assert.That(
        (Full.Student.Trajectories.Steps, Full.Student.Trajectories.Conversions, Full.Student.DistillA.Steps, Full.Student.DistillA.Lr, Full.Student.DistillA.WarmUp),
        Is.EqualTo((20, 0.5, 200_000, 1e-4, 5000)));

    [Test]
    public void Its_distribution_is_matched_for_a_hundred_thousand_steps() => Assert.That(
        (Full.Student.DistillB.Steps, Full.Student.DistillB.Lr, Full.Student.DistillB.StftWeight, Full.Student.DistillB.SpeakerWeight),
        Is.EqualTo((100_000, 5e-5, 0.5, 0.3)));

    [TestCaseSource(nameof(Trainings))]
    public void Nothing_is_written_or_validated_more_often_than_every_thousandth_step(TrainingSettings training) => Assert.That(
        new[] { training.ValidationInterval, training.Runtime.CheckpointInterval }, Has.All.GreaterThanOrEqualTo(1000));

    [Test]
    public void Every_phase_hears_four_seconds_and_averages_over_ten_thousand_steps() =>
        Assert.That(Full.PhasesInUse().Select(phase => (phase.Settings.Frames, phase.Settings.EmaDecay)), Has.All.EqualTo((400, 0.9999)));

    [Test]
    public void The_judge_is_trained_as_long_and_as_wide_as_the_encoder_that_conditions()
    {
        var (judge, encoder) = (Full.JudgeEncoder, Full.SpeakerEncoder);
        Assert.That(
            (judge.Steps, judge.BatchSize, judge.Frames, judge.Channels),
            Is.EqualTo((encoder.Steps, encoder.BatchSize, encoder.Frames, encoder.Channels)).And.EqualTo((20_000, 128, 300, 512)));
        Assert.That(judge.Seed, Is.Not.EqualTo(encoder.Seed));
    }

    private static IEnumerable<TrainingSettings> Trainings() => 
    [
        Full.SpeakerEncoder, Full.JudgeEncoder, Full.TeacherVocoder, .. Full.Phases.Values,
        Full.Student.DistillA, Full.Student.DistillB, Full.Student.Vocoder, Full.Student.Voices, Full.Student.Rooms,
    ];

    /// <summary>Probabilities with the range of each: rooms; shelves, dB; noise, least dB; F0, semitones.</summary>
    public sealed record AugmentationRow(double Room, double Shelf, double Decibels, double Noise, double LeastSnr, double Pitch, double Semitones)
    {
        public static AugmentationRow Of(TeacherPhaseSettings phase) => phase.Augmentation is { } on
            ? new(on.RoomProbability, on.ShelfProbability, on.ShelfDecibels, on.NoiseProbability, on.LeastSnr, on.PitchProbability, on.PitchSemitones)
            : Dry;
    }
}
