using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>Half precision has 11 bits, and a value's error is in proportion to it; training sees content in deviations of its speaker.</summary>
public sealed class HalfPrecisionTests
{
    private const int Frames = 2000;

    [TestCase(0, 0.002)]
    [TestCase(20, 0.01)]
    public void A_coefficient_up_to_twenty_deviations_from_zero_moves_by_less_than_a_hundredth(float offset, double most) =>
        Assert.That(LargestError(offset), Is.Positive.And.LessThan(most));

    [Test]
    public void Beyond_it_moves_by_more() => Assert.That(LargestError(40), Is.InRange(0.01, 0.02));

    [Test]
    public void The_largest_offset_of_a_speaker_is_told_in_deviations() => Assert.That(
        Statistics([-3, 10, 1], [1, 4, 0.2f]).LargestOffset(), Is.EqualTo(5).Within(1e-6));

    /// <summary>In deviations, of a coefficient with a mean of so many of them.</summary>
    private static double LargestError(float offset)
    {
        var random = new Random(1);
        float[] content = [.. Enumerable.Range(0, Frames).Select(_ => offset + (float)(Math.Sqrt(12) * (random.NextDouble() - 0.5)))];
        var folder = Directory.CreateTempSubdirectory("features");
        var entry = new UtteranceEntry
        {
            Id = "made/ann/a", Corpus = "made", Speaker = "ann", Language = "und", Licence = "CC0-1.0", Split = Split.Train, Audio = "a.flac",
        };
        FeatureFolders.Write(folder.FullName, long.MaxValue, [(entry, new UtteranceFeatures(new float[Frames], content, new float[Frames]))]);
        using var shards = FeatureShards.Open(folder.FullName);
        var (kept, statistics) = (shards.Content(0), shards.Statistics[0]);
        Assert.That(statistics.LargestOffset(), Is.EqualTo(offset).Within(0.02 * offset + 0.1));
        folder.Delete(recursive: true);
        return kept.Zip(content, (one, other) => Math.Abs(one - other) / statistics.ContentDeviation[0]).Max();
    }

    private static SpeakerStatistics Statistics(float[] means, float[] deviations) => new()
    {
        ContentMean = means, ContentDeviation = deviations, LogF0Mean = 0, LogF0Deviation = 0, Frames = 1, VoicedFrames = 0,
    };
}
