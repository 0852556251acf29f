using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

/// <summary>Within 20 cents, and how often a frame is voiced that is not, or the other way.</summary>
public sealed class SungPitchTests
{
    private const double Seconds = 1.5;

    private readonly Pitch _pitch = new(Signals.Parameters);

    [Test]
    public void A_sung_tone_with_vibrato_is_tracked_within_20_cents(
        [Values(110, 196, 330, 440)] double hertz, [Values(20, 50)] double cents, [Values(-6, -12)] double tiltDb)
    {
        double At(double time) => hertz * Math.Pow(2, cents / 1200 * Math.Sin(2 * Math.PI * 5.5 * time));
        var f0 = _pitch.Compute(Signals.Harmonics(At, Seconds, tiltDb));
        for (var frame = 4; frame < f0.Length - 2; frame++)
            Assert.That(Cents(f0[frame], At((240 * (frame + 1) - 480) / 24000.0)), Is.EqualTo(0).Within(20), $"frame {frame}");
    }

    [Test]
    public void A_scale_is_tracked_within_20_cents_and_is_voiced_where_it_sounds()
    {
        double[] notes = [.. new[] { 0, 2, 4, 5, 7, 9, 11, 12 }.Select(step => 220 * Math.Pow(2, step / 12.0))];
        float[] sung = [.. notes.SelectMany(note => (float[])[.. Signals.Harmonics(_ => note, 0.3), .. Signals.Noise(0.1, 24000, 2e-4)])];
        var f0 = _pitch.Compute(sung);
        int wrong = 0, missed = 0, sounding = 0;
        for (var frame = 0; frame < f0.Length; frame++)
        {
            var middle = (240 * (frame + 1) - 480) / 24000.0;
            var note = (int)Math.Floor(middle / 0.4);
            var time = middle - 0.4 * note;
            if (time is < 0.03 or (> 0.27 and < 0.33) or > 0.37)
                continue;
            var sounds = time < 0.3;
            sounding += sounds ? 1 : 0;
            missed += sounds && f0[frame] == 0 ? 1 : 0;
            wrong += !sounds && f0[frame] > 0 ? 1 : 0;
            if (sounds && f0[frame] > 0)
                Assert.That(Cents(f0[frame], notes[note]), Is.EqualTo(0).Within(20), $"frame {frame}");
        }
        Assert.That(sounding, Is.GreaterThan(150));
        Assert.That((missed, wrong), Is.EqualTo((0, 0)), "frames that sound and are unvoiced, and the other way");
    }

    private static double Cents(double found, double expected) => 1200 * Math.Log2(found / expected);
}
