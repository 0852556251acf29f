using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class PitchStreamTests
{
    private const int Hop = 240;

    [TestCase(80)]
    [TestCase(173)]
    [TestCase(400)]
    public void A_tone_is_tracked_within_one_percent_as_soon_as_the_window_holds_it(double hertz)
    {
        var f0 = Streamed(Signals.Harmonics(_ => hertz, 0.5));
        Assert.That(f0[4..], Is.All.EqualTo((float)hertz).Within(1).Percent);
    }

    /// <summary>Of frames that both take for voiced; the rest is what the future would have told.</summary>
    [TestCase("allison-en")]
    [TestCase("carlo-it")]
    [TestCase("june-fr")]
    public void Speech_is_tracked_as_it_is_with_the_future_known(string name)
    {
        var samples = Speech.Prepared(name).Samples;
        var (offline, streamed) = (new Pitch(Signals.Parameters).Compute(samples), Streamed(samples));

        var both = offline.Zip(streamed).Where(pair => pair is { First: > 0, Second: > 0 }).ToArray();
        var voicing = offline.Zip(streamed).Count(pair => pair.First > 0 == pair.Second > 0) / (double)offline.Length;
        var near = both.Count(pair => Math.Abs(pair.Second / pair.First - 1) < 0.03) / (double)both.Length;
        Assert.That(voicing, Is.GreaterThan(0.88));
        Assert.That(near, Is.GreaterThan(0.98));
    }

    [Test]
    public void Nothing_is_allocated_per_hop()
    {
        var pitch = new PitchStream(Signals.Parameters);
        var speech = Speech.Prepared("carlo-it").Samples;
        for (var hop = 0; hop < 100; hop++)
            pitch.Push(speech.AsSpan(hop * Hop, Hop));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var hop = 100; hop < 300; hop++)
            pitch.Push(speech.AsSpan(hop * Hop, Hop));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void After_a_reset_the_same_samples_give_the_same_F0()
    {
        var pitch = new PitchStream(Signals.Parameters);
        var speech = Speech.Prepared("june-fr").Samples;
        var first = Streamed(speech, pitch);
        pitch.Reset();
        Assert.That(Streamed(speech, pitch), Is.EqualTo(first));
    }

    private static float[] Streamed(float[] samples, PitchStream? pitch = null)
    {
        pitch ??= new PitchStream(Signals.Parameters);
        return [.. Enumerable.Range(0, samples.Length / Hop).Select(frame => pitch.Push(samples.AsSpan(frame * Hop, Hop)))];
    }
}
