using Tmrvc.BuildGraph;
using Tmrvc.SafeTensors;

namespace Tmrvc.Evaluation.Tests;

public sealed class TeacherGateTests
{
    private static readonly LossTrendSettings Loss = new() { Windows = 3, Tolerance = 0.02, Remaining = 0.8 };

    [Test]
    public void A_falling_loss_passes() => Assert.That(Passed(TeacherGate.LossChecks(Loss, [2, 2, 1.5, 1.3, 1.1, 1])), Is.True);

    [Test]
    public void A_window_above_the_one_before_fails_beyond_the_tolerance()
    {
        Assert.That(Passed(TeacherGate.LossChecks(Loss, [2, 1.01, 1.03])), Is.True);
        Assert.That(Passed(TeacherGate.LossChecks(Loss, [2, 1.01, 1.05])), Is.False);
    }

    [Test]
    public void A_loss_that_hardly_falls_fails() => Assert.That(Passed(TeacherGate.LossChecks(Loss, [2, 1.9, 1.8])), Is.False);

    [Test]
    public void Too_few_steps_fail_with_their_number()
    {
        var check = TeacherGate.LossChecks(Loss, [2, 1]).Single();
        Assert.That(check, Is.EqualTo(new GateCheck("Training steps", "2", "≥ 3", false)));
    }

    [TestCase(3, 0f, true)]
    [TestCase(2, 0f, false, TestName = "A_mel_of_another_length_fails")]
    [TestCase(3, float.NaN, false, TestName = "A_mel_with_NaN_fails")]
    [TestCase(3, float.PositiveInfinity, false, TestName = "A_mel_with_infinity_fails")]
    public void Generated_mels_must_be_shaped_like_the_recording_and_finite(int frames, float value, bool passes)
    {
        var path = Path.Combine(Path.GetTempPath(), TestContext.CurrentContext.Test.ID + ".safetensors");
        new SafeTensorsWriter().Add("t", new float[6], 2, 3).Add("g", [value, .. new float[2 * frames - 1]], 2, frames).Save(path);
        using (var mels = SafeTensorsFile.Open(path))
            Assert.That(Passed(TeacherGate.MelChecks(Report(), mels)), Is.EqualTo(passes));
        File.Delete(path);
    }

    [Test]
    public void A_similarity_may_have_to_reach_a_number_or_a_share_of_the_way_between_two_speakers_and_one()
    {
        Assert.That(Judged(0.71, Recon(new() { Least = 0.7 })), Is.True);
        Assert.That(Judged(0.69, Recon(new() { Least = 0.7 })), Is.False);
        Assert.That(Judged(0.51, Recon(new() { ShareOfRange = 0.5 })), Is.True, "from 0.2 to 0.8");
        Assert.That(Judged(0.49, Recon(new() { ShareOfRange = 0.5 })), Is.False, "from 0.2 to 0.8");
        Assert.That(Judged(0.55, Recon(new() { Least = 0.6, ShareOfRange = 0.5 })), Is.False, "both are asked for");

        static TeacherGateSettings Recon(SimilarityBar bar) => new() { Reconstruction = bar };
    }

    [Test]
    public void A_figure_that_was_not_computed_does_not_pass_and_says_so()
    {
        var check = new FigureChecks(Report(), before: null).All(new() { OpinionScore = 3.8 }).Single();
        Assert.That(check, Is.EqualTo(new GateCheck("UTMOS", "not computed", "≥ 3.8000", false)));
        Assert.That(Passed(new FigureChecks(Report(), before: null).All(new() { Reconstruction = new() { ShareOfRange = 0.5 } })), Is.False);
    }

    [Test]
    public void A_gate_says_why_a_figure_was_not_computed() => Assert.That(
        new FigureChecks(Report(new Figure(FigureNames.Assigned, null, "%", "not computed: too few recordings")), before: null).All(new() { Assigned = 80 }).Single(),
        Is.EqualTo(new GateCheck(FigureNames.Assigned, "not computed: too few recordings", "≥ 80.0000 %", false)));

    [Test]
    public void Conversions_may_lose_no_more_than_the_drop_each_against_itself_in_the_judged_phase_before()
    {
        var settings = new TeacherGateSettings { ConversionDrop = 0.02 };
        var before = Converted(0.9, 0.5);
        Assert.That(Passed(new FigureChecks(Converted(0.89, 0.49), before).All(settings)), Is.True);
        Assert.That(Passed(new FigureChecks(Converted(0.87, 0.47), before).All(settings)), Is.False);
        Assert.That(Passed(new FigureChecks(Converted(0.89), before).All(settings)), Is.True, "the mean rose from 0.7, the same conversion fell by 0.01");
        Assert.That(Passed(new FigureChecks(Converted(0.89), before: null).All(settings)), Is.False);
        Assert.That(new FigureChecks(Converted(0.87, 0.49), before).All(settings).Single().Found, Is.EqualTo("-0.0200 ± 0.0100 (n = 2)"));
    }

    [Test]
    public void Dry_speech_may_become_no_worse_than_a_multiple_of_the_judged_phase_before()
    {
        var settings = new TeacherGateSettings { MelRise = 1.05 };
        var before = Report(new Figure(FigureNames.MelL1, 0.8));
        Assert.That(Passed(new FigureChecks(Report(new Figure(FigureNames.MelL1, 0.83)), before).All(settings)), Is.True);
        Assert.That(Passed(new FigureChecks(Report(new Figure(FigureNames.MelL1, 0.93)), before).All(settings)), Is.False);
        Assert.That(Passed(new FigureChecks(Report(new Figure(FigureNames.MelL1, 0.1)), before: null).All(settings)), Is.False);
    }

    [Test]
    public void A_judge_that_cannot_tell_voices_apart_fails_instead_of_passing_everybody()
    {
        var settings = new TeacherGateSettings { Judge = new() { Gap = 0.3, Accuracy = 80 } };
        Assert.That(Able(ceiling: 0.8, floor: 0.2, accuracy: 95), Is.True);
        Assert.That(Able(ceiling: 0.9, floor: 0.7, accuracy: 95), Is.False, "one voice is like another");
        Assert.That(Able(ceiling: 0.8, floor: 0.2, accuracy: 70), Is.False, "it takes one speaker for another");

        bool Able(double ceiling, double floor, double accuracy) => Passed(new FigureChecks(Report(
            new(FigureNames.Ceiling, ceiling), new(FigureNames.Floor, floor), new(FigureNames.Accuracy, accuracy)), before: null).All(settings));
    }

    [Test]
    public void Rooms_must_be_heard_better_than_by_always_answering_the_mean()
    {
        var settings = new TeacherGateSettings { Rt60Share = 0.8 };
        Figure mean = new(FigureNames.Rt60ErrorOfMean, 0.5);
        Assert.That(Passed(new FigureChecks(Report(new(FigureNames.Rt60Error, 0.39), mean), before: null).All(settings)), Is.True);
        Assert.That(Passed(new FigureChecks(Report(new(FigureNames.Rt60Error, 0.41), mean), before: null).All(settings)), Is.False);
    }

    [Test]
    public void An_estimator_that_always_answers_the_mean_fails_where_rooms_must_be_told_apart()
    {
        HeardRt60[] mean = [new(0, 0.4, 0.2), new(0, 0.4, 0.6), new(1, 0.5, 0.3), new(1, 0.5, 0.7)];
        Assert.That(Hears(mean), Is.False);
        Assert.That(Hears([.. mean.Select(one => one with { Heard = 0.9 + one.Known / 10 })]), Is.True);

        static bool Hears(HeardRt60[] heard) => Passed(new FigureChecks(
            Report(new Figure(FigureNames.Rt60Correlation, Rt60Figures.Correlation(heard))), before: null).All(new() { Rt60Correlation = 0.2 }));
    }

    [Test]
    public void A_found_share_stands_with_its_number_and_standard_error() => Assert.That(
        new FigureChecks(Report(Figure.Mean(FigureNames.Nearest, [100, 100, 0, 100])), before: null).All(new() { Nearest = 70 }).Single(),
        Is.EqualTo(new GateCheck(FigureNames.Nearest, "75.0000 ± 25.0000 (n = 4)", "≥ 70.0000 %", true)));

    [Test]
    public void Words_may_be_understood_worse_than_in_recordings_by_so_many_points()
    {
        var settings = new TeacherGateSettings { WordErrorRise = 10 };
        Assert.That(Understood(29), Is.True);
        Assert.That(Understood(31), Is.False);

        bool Understood(double percent) => Passed(new FigureChecks(Report(
            new(FigureNames.WordErrors, percent), new(FigureNames.RecordedWordErrors, 20)), before: null).All(settings));
    }

    private static bool Judged(double similarity, TeacherGateSettings settings) => Passed(new FigureChecks(
        Report(new Figure(FigureNames.Reconstruction, similarity), new Figure(FigureNames.Ceiling, 0.8), new Figure(FigureNames.Floor, 0.2)), before: null).All(settings));

    private static bool Passed(IEnumerable<GateCheck> checks) => checks.All(check => check.Passed);

    private static EvaluationReport Report(params Figure[] figures) => new("Phase0", 24000, 240, 0, 12000, new Dictionary<string, string>(), figures,
        [new("a", SampleKind.Reconstruction, "s", null, null, [new("target", "t", "t.flac"), new("generated", "g", "g.flac")], [])]);

    /// <summary>Conversions of one utterance to voice 0, 1 and so on.</summary>
    private static EvaluationReport Converted(params double[] similarities) =>
        Report(Figure.Mean(FigureNames.Conversion, similarities)) with
        {
            Samples = [.. similarities.Select((value, voice) => new EvaluatedSample(
                "a", SampleKind.Conversion, "s", $"{voice}", null, [], [new Figure(FigureNames.Conversion, value)]))],
        };
}
