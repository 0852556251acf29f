namespace Tmrvc.Audio.Tests;

public sealed class PitchRangeTests
{
    private static readonly PitchRange Tone = new(Math.Log(220), 1e-4), Speech = new(Math.Log(110), 0.2);

    [Test]
    public void A_tone_becomes_a_tone_at_the_target_s_mean_and_its_tremor_no_more_than_twice_as_wide()
    {
        Assert.That(Tone.Moved(220, Speech), Is.EqualTo(110).Within(1e-9));
        Assert.That(Tone.Moved(220 * 1.01, Speech), Is.EqualTo(110 * 1.01 * 1.01).Within(1e-9));
    }

    [Test]
    public void A_target_of_one_tone_leaves_half_of_the_melody() =>
        Assert.That(Speech.Moved(110 * 1.21, Tone), Is.EqualTo(220 * 1.1).Within(1e-9));

    [TestCase(1)]
    [TestCase(55)]
    [TestCase(550)]
    [TestCase(1e6)]
    public void Nothing_is_moved_beyond_what_the_tracker_finds(double hertz)
    {
        var wide = new PitchRange(Math.Log(300), 1.5);
        Assert.That(Speech.Moved(hertz, wide), Is.InRange(55, 550));
        Assert.That(wide.Moved(hertz, Tone), Is.InRange(55, 550));
    }
}
