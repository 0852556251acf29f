namespace Tmrvc.Evaluation.Tests;

public sealed class VoiceDiscriminantTests
{
    private const int Bands = 80;

    /// <summary>Between two Gaussians of one covariance the border goes through the middle of their means, square to Σ⁻¹·(μ₁ − μ₂).</summary>
    [Test]
    public void The_border_between_two_classes_follows_their_common_covariance()
    {
        var discriminant = new SpeakerDiscriminant([.. Cloud(0, -1), .. Cloud(1, 1)]);
        Assert.That(discriminant.Classify([-0.5, 0]), Is.Zero);
        Assert.That(discriminant.Classify([0.5, 0]), Is.EqualTo(1));
        Assert.That(discriminant.Classify([0.5, 5]), Is.Zero, "the features rise together, so a high second one speaks for a low first one");
        Assert.That(discriminant.Classify([-0.5, -5]), Is.EqualTo(1));
    }

    [Test]
    public void Voices_of_other_spectra_are_told_apart_and_their_loudness_says_nothing()
    {
        var voices = VoiceDiscriminant.Of(Bands, Enumerable.Range(0, 60).Select(i => (i % 2, Mel(i % 2, seed: i))))!;
        for (var seed = 100; seed < 120; seed++)
            Assert.That(voices.Gives([.. Mel(seed % 2, seed).Select(value => value + 3)], seed % 2), $"{seed}");
    }

    [Test]
    public void One_voice_or_too_few_recordings_make_no_discriminant()
    {
        Assert.That(VoiceDiscriminant.Of(Bands, Enumerable.Range(0, 60).Select(i => (0, Mel(0, i)))), Is.Null);
        Assert.That(VoiceDiscriminant.Of(Bands, Enumerable.Range(0, 10).Select(i => (i % 2, Mel(i % 2, i)))), Is.Null);
    }

    private static IEnumerable<(int, double[])> Cloud(int voice, double first) =>
        from along in new[] { -1.0, 1 }
        from across in new[] { -0.1, 0.1 }
        select (voice, new[] { first + along + across, 2 * along });

    /// <summary>Noise about a slope over the bands that is the voice's own.</summary>
    private static float[] Mel(int voice, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Bands * 30).Select(i => (float)((voice == 0 ? 0.02 : -0.02) * (i / 30) + random.NextDouble()))];
    }
}
