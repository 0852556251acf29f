using Tmrvc.BuildGraph;
using Tmrvc.SafeTensors;

namespace Tmrvc.Evaluation.Tests;

public sealed class TeacherGateTests
{
    private static readonly TeacherGate Gate =
        new("GatePhase0", new TeacherGateSettings { Windows = 3, Tolerance = 0.02, Remaining = 0.8 },
        new StageInput.Output("metrics", "Phase0", "metrics.jsonl"), new StageInput.Output("evaluation", "EvaluatePhase0", "evaluation"));

    [Test]
    public void A_falling_loss_passes() => Assert.That(Passed(Gate.LossChecks([2, 2, 1.5, 1.3, 1.1, 1])), Is.True);

    [Test]
    public void A_window_above_the_one_before_fails_beyond_the_tolerance()
    {
        Assert.That(Passed(Gate.LossChecks([2, 1.01, 1.03])), Is.True);
        Assert.That(Passed(Gate.LossChecks([2, 1.01, 1.05])), Is.False);
    }

    [Test]
    public void A_loss_that_hardly_falls_fails() => Assert.That(Passed(Gate.LossChecks([2, 1.9, 1.8])), Is.False);

    [Test]
    public void Too_few_steps_fail_with_their_number()
    {
        var check = Gate.LossChecks([2, 1]).Single();
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

    private static bool Passed(IEnumerable<GateCheck> checks) => checks.All(check => check.Passed);

    private static EvaluationReport Report() => new("Phase0", 24000, 240, 0, 12000, new Dictionary<string, string>(), [],
        [new("a", SampleKind.Reconstruction, "s", null, null, [new("target", "t", "t.flac"), new("generated", "g", "g.flac")], [])]);
}
