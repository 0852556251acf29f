namespace Tmrvc.Audio.Tests;

/// <summary>Windows of 0.1 s throughout.</summary>
public sealed class SpeechSegmentationTests
{
    private static readonly SpeechRangeSettings Bare = new() { MinSpeechSeconds = 0, MinSilenceSeconds = 0, PaddingSeconds = 0 };

    [Test]
    public void Between_the_two_thresholds_speech_goes_on_but_does_not_start() =>
        AssertRanges(Bare, [0.4f, 0.6f, 0.4f, 0.4f, 0.3f, 0.4f], (0.1, 0.4));

    [Test]
    public void Speech_that_never_ends_lasts_to_the_end_of_the_audio() => AssertRanges(Bare, [0, 0.9f, 0.9f], (0.1, 0.3));

    [Test]
    public void A_short_silence_does_not_end_speech() =>
        AssertRanges(Bare with { MinSilenceSeconds = 0.25 }, [0.9f, 0, 0, 0.9f, 0, 0, 0, 0], (0, 0.4));

    [Test]
    public void Short_speech_is_dropped() =>
        AssertRanges(Bare with { MinSpeechSeconds = 0.25 }, [0.9f, 0.9f, 0, 0.9f, 0.9f, 0.9f, 0], (0.3, 0.6));

    [Test]
    public void Padding_stays_within_the_audio_and_shares_a_short_gap() =>
        AssertRanges(Bare with { PaddingSeconds = 0.15 }, [0, 0.9f, 0, 0, 0.9f, 0, 0.9f], (0, 0.3), (0.3, 0.55), (0.55, 0.7));

    [Test]
    public void Silence_has_no_ranges() => AssertRanges(new SpeechRangeSettings(), [0, 0.1f, 0.2f]);

    [Test]
    public void Settings_out_of_range_are_all_named()
    {
        var mistakes = new SpeechRangeSettings { Threshold = 2, Hysteresis = -1, MinSilenceSeconds = double.NaN, PaddingSeconds = -1 }.Mistakes();
        Assert.That(
            mistakes.Select(mistake => mistake.Property),
            Is.EqualTo(new[] { "threshold", "hysteresis", "min_silence_seconds", "padding_seconds" }));
    }

    private static void AssertRanges(SpeechRangeSettings settings, float[] scores, params (double Start, double End)[] expected)
    {
        var found = new SpeechSegmentation(settings, 0.1).Find(scores, scores.Length * 0.1);
        Assert.That(found, Has.Count.EqualTo(expected.Length));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.That(found[i].Start, Is.EqualTo(expected[i].Start).Within(1e-9), $"start of range {i}");
            Assert.That(found[i].End, Is.EqualTo(expected[i].End).Within(1e-9), $"end of range {i}");
        }
    }
}
