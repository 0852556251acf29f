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
    public void A_similarity_may_have_to_reach_a_number_or_a_share_of_that_of_real_recordings()
    {
        Assert.That(Judged(0.71, Recon(new() { Least = 0.7 })), Is.True);
        Assert.That(Judged(0.69, Recon(new() { Least = 0.7 })), Is.False);
        Assert.That(Judged(0.41, Recon(new() { ShareOfCeiling = 0.5 })), Is.True, "of 0.8");
        Assert.That(Judged(0.39, Recon(new() { ShareOfCeiling = 0.5 })), Is.False, "of 0.8");
        Assert.That(Judged(0.45, Recon(new() { Least = 0.5, ShareOfCeiling = 0.5 })), Is.False, "both are asked for");

        static TeacherGateSettings Recon(SimilarityBar bar) => new() { Reconstruction = bar };
    }

    [Test]
    public void A_figure_that_was_not_computed_does_not_pass_and_says_so()
    {
        var check = new FigureChecks(Report(), before: null).All(new() { OpinionScore = 3.8 }).Single();
        Assert.That(check, Is.EqualTo(new GateCheck("UTMOS", "not computed", "≥ 3.8000", false)));
        Assert.That(Passed(new FigureChecks(Report(), before: null).All(new() { Reconstruction = new() { ShareOfCeiling = 0.5 } })), Is.False);
    }

    [Test]
    public void Conversions_may_lose_no_more_than_the_drop_against_the_judged_phase_before()
    {
        var settings = new TeacherGateSettings { ConversionDrop = 0.02 };
        var before = Report(new Figure(FigureNames.Conversion, 0.9));
        Assert.That(Passed(new FigureChecks(Report(new Figure(FigureNames.Conversion, 0.89)), before).All(settings)), Is.True);
        Assert.That(Passed(new FigureChecks(Report(new Figure(FigureNames.Conversion, 0.87)), before).All(settings)), Is.False);
        Assert.That(Passed(new FigureChecks(Report(new Figure(FigureNames.Conversion, 0.89)), before: null).All(settings)), Is.False);
    }

    private static bool Judged(double similarity, TeacherGateSettings settings) => Passed(new FigureChecks(
        Report(new Figure(FigureNames.Reconstruction, similarity), new Figure(FigureNames.Ceiling, 0.8)), before: null).All(settings));

    private static bool Passed(IEnumerable<GateCheck> checks) => checks.All(check => check.Passed);

    private static EvaluationReport Report(params Figure[] figures) => new("Phase0", 24000, 240, 0, 12000, new Dictionary<string, string>(), figures,
        [new("a", SampleKind.Reconstruction, "s", null, null, [new("target", "t", "t.flac"), new("generated", "g", "g.flac")], [])]);
}
