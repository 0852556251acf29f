namespace Tmrvc.Features.Tests;

public class BatchAssemblerTests
{
    [Test]
    public void A_batch_holds_the_crops_then_padding()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 30), ("b", "bob", 10));
        using var shards = FeatureShards.Open(features.Folder);
        var batch = new BatchAssembler(shards, frameMultiple: 8, logFloor: -23)
            .Assemble(new BatchPlan(0, [new(0, 5, 11), new(1, 0, 10)]));

        Assert.That((batch.Size, batch.Frames), Is.EqualTo((2, 16)));
        Assert.That(batch.Lengths, Is.EqualTo([11, 10]));
        Assert.That(batch.SpeakerIndex, Is.EqualTo([0, 1]));
        Assert.That(
            Row(batch.LogMel, 2, batch),
            Is.EqualTo(Padded(Enumerable.Range(5, 11).Select(frame => SyntheticFeatures.Value(0, 2, frame)), -23)));
        Assert.That(
            Row(batch.LogMel, 4 + 3, batch),
            Is.EqualTo(Padded(Enumerable.Range(0, 10).Select(frame => SyntheticFeatures.Value(1, 3, frame)), -23)));
        Assert.That(Row(batch.F0, 1, batch), Is.EqualTo(Padded(SyntheticFeatures.Values(1, 10).F0, 0)));
        Assert.That(Row(batch.Mask, 0, batch), Is.EqualTo(Padded(Enumerable.Repeat(1f, 11), 0)));
    }

    private static float[] Row(float[] values, int row, FeatureBatch batch) =>
        values[(row * batch.Frames)..((row + 1) * batch.Frames)];

    private static float[] Padded(IEnumerable<float> values, float padding) =>
        [.. values.Concat(Enumerable.Repeat(padding, 16)).Take(16)];

    [Test]
    public void Content_is_normalised_per_speaker_and_padding_stays_zero()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 30), ("b", "bob", 10));
        using var shards = FeatureShards.Open(features.Folder);
        var batch = new BatchAssembler(shards, 16, -23).Assemble(new BatchPlan(0, [new(0, 0, 30), new(1, 0, 10)]));
        for (var row = 0; row < SyntheticFeatures.Content; row++)
        {
            var values = Row(batch.Content, row, batch)[..30];
            Assert.That(values.Average(), Is.Zero.Within(1e-4));
            Assert.That(values.Average(value => value * value), Is.EqualTo(1).Within(1e-4));
            Assert.That(Row(batch.Content, row, batch)[30..], Is.All.Zero);
            Assert.That(Row(batch.Content, SyntheticFeatures.Content + row, batch)[10..], Is.All.Zero);
        }
    }

    [TestCase(-1, 5)]
    [TestCase(0, 31)]
    [TestCase(28, 3)]
    [TestCase(3, 0)]
    public void A_crop_outside_its_utterance_is_refused(int start, int frames)
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 30));
        using var shards = FeatureShards.Open(features.Folder);
        Assert.That(
            () => new BatchAssembler(shards, 16, -23).Assemble(new BatchPlan(0, [new(0, start, frames)])),
            Throws.ArgumentException.With.Message.StartsWith($"Utterance made/a: crop {start}+{frames} leaves its 30 frames"));
    }
}
