namespace Tmrvc.Features.Tests;

public sealed class PitchTransferTests
{
    [Test]
    public void One_speaker_s_mean_becomes_the_other_s_and_a_deviation_becomes_a_deviation()
    {
        var moved = PitchTransfer.Move([100, 0, 120], Voice(100, 0.2), Voice(200, 0.1));
        Assert.That(moved[0], Is.EqualTo(200).Within(1e-3));
        Assert.That(moved[1], Is.Zero);
        Assert.That(moved[2], Is.EqualTo(200 * Math.Sqrt(1.2)).Within(1e-3));
    }

    [Test]
    public void A_speaker_s_own_range_changes_nothing() =>
        Assert.That(PitchTransfer.Move([90, 0, 140], Voice(100, 0.2), Voice(100, 0.2)), Is.EqualTo(new float[] { 90, 0, 140 }).Within(1e-3));

    [Test]
    public void Without_a_voiced_frame_nothing_is_known_and_nothing_moved() =>
        Assert.That(PitchTransfer.Move([90, 0], Voice(100, 0.2), Voice(100, 0.2) with { VoicedFrames = 0 }), Is.EqualTo(new float[] { 90, 0 }));

    private static SpeakerStatistics Voice(double hertz, double deviation) => new()
    {
        ContentMean = [],
        ContentDeviation = [],
        LogF0Mean = Math.Log(hertz),
        LogF0Deviation = deviation,
        Frames = 10,
        VoicedFrames = 5,
    };
}
