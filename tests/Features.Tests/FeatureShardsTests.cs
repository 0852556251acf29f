using System.Security.Cryptography;
using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features.Tests;

public class FeatureShardsTests
{
    /// <summary>Mel and F0 in single, content in half precision.</summary>
    private const long BytesPerFrame = (SyntheticFeatures.Mels + 1) * 4 + SyntheticFeatures.Content * 2;

    [Test]
    public void What_was_written_is_read_by_utterance()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("b", "ann", 5), ("a", "bob", 3), ("val", "ann", 4));
        using var shards = FeatureShards.Open(features.Folder);
        Assert.That(shards.Utterances.Select(utterance => utterance.Id), Is.EqualTo(["made/a", "made/b", "made/val"]));
        Assert.That(shards.Utterances.Select(utterance => utterance.Frames), Is.EqualTo([3, 5, 4]));
        Assert.That((shards.Mels, shards.ContentDimension), Is.EqualTo((SyntheticFeatures.Mels, SyntheticFeatures.Content)));
        Assert.That(shards.LogMel(1).ToArray(), Is.EqualTo(SyntheticFeatures.Values(0, 5).LogMel));
        Assert.That(shards.Content(0), Is.EqualTo(SyntheticFeatures.Values(1, 3).Content).Within(0.001));
        Assert.That(shards.F0(2).ToArray(), Is.EqualTo(SyntheticFeatures.Values(2, 4).F0));
        Assert.That(shards.Of(Split.Validation), Is.EqualTo([2]));
        Assert.That(shards.Speakers, Is.EqualTo(["made/ann", "made/bob"]));
        Assert.That(Enumerable.Range(0, 3).Select(shards.SpeakerOf), Is.EqualTo([1, 0, 0]));
    }

    [Test]
    public void Spans_point_into_the_mapped_file()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 500));
        using var shards = FeatureShards.Open(features.Folder);
        shards.LogMel(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = shards.LogMel(0);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(500), "an array was made");
        Assert.That(again == shards.LogMel(0), Is.True);
        Assert.That(again.Length, Is.EqualTo(SyntheticFeatures.Mels * 500));
    }

    [Test]
    public void Statistics_are_those_of_all_frames_of_the_speaker()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 40), ("b", "ann", 60), ("c", "bob", 10));
        using var shards = FeatureShards.Open(features.Folder);
        float[] row = [.. SyntheticFeatures.Values(0, 40).Content[40..], .. SyntheticFeatures.Values(1, 60).Content[60..]];
        double[] logF0 = [.. SyntheticFeatures.Values(0, 40).F0.Concat(SyntheticFeatures.Values(1, 60).F0).Where(f0 => f0 > 0)
            .Select(f0 => Math.Log(f0))];

        var ann = shards.Statistics[0];
        Assert.That(ann.ContentMean[1], Is.EqualTo(row.Average()).Within(1e-5));
        Assert.That(ann.ContentDeviation[1], Is.EqualTo(Deviation(row.Select(x => (double)x))).Within(1e-5));
        Assert.That(ann.LogF0Mean, Is.EqualTo(logF0.Average()).Within(1e-9));
        Assert.That(ann.LogF0Deviation, Is.EqualTo(Deviation(logF0)).Within(1e-7));
        Assert.That((ann.Frames, ann.VoicedFrames), Is.EqualTo((100L, 50L)));
    }

    [Test]
    public void What_is_held_out_tells_nothing_about_a_speaker_that_is_learnt_from()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 40), ("val1", "ann", 60), ("val2", "bob", 10));
        using var alone = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 40));
        using var shards = FeatureShards.Open(features.Folder);
        using var learnt = FeatureShards.Open(alone.Folder);

        Assert.That(shards.Statistics[0].ContentMean, Is.EqualTo(learnt.Statistics[0].ContentMean));
        Assert.That(shards.Statistics[0].LogF0Mean, Is.EqualTo(learnt.Statistics[0].LogF0Mean));
        Assert.That(shards.Statistics.Select(speaker => speaker.Frames), Is.EqualTo([40L, 10L]), "a speaker who is held out whole has statistics");
    }

    [Test]
    public void A_corpus_of_many_shards_keeps_no_file_open()
    {
        using var features = SyntheticFeatures.Write(1, [.. Enumerable.Range(0, 40).Select(i => ($"u{i}", "ann", 10))]);
        using var shards = FeatureShards.Open(features.Folder);
        for (var utterance = 0; utterance < 40; utterance++)
            Assert.That(shards.LogMel(utterance).Length, Is.EqualTo(SyntheticFeatures.Mels * 10));

        var open = Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? "");
        Assert.That(open.Where(target => target.StartsWith(features.Folder, StringComparison.Ordinal)), Is.Empty);
        Assert.That(File.ReadLines("/proc/self/maps").Count(line => line.Contains(features.Folder, StringComparison.Ordinal)), Is.EqualTo(40));
    }

    private static double Deviation(IEnumerable<double> values) =>
        Math.Sqrt(values.Select(x => Math.Pow(x - values.Average(), 2)).Average());

    [Test]
    public void A_changed_added_or_removed_utterance_concerns_one_shard()
    {
        (string, string, int)[] before = [.. Enumerable.Range(0, 200).Select(i => ($"u{i}", i % 3 == 0 ? "ann" : "bob", 50))];
        (string, string, int)[] changed = [.. before.Select((utterance, i) => i == 77 ? ("u77", "bob", 51) : utterance)];
        (string, string, int)[] added = [.. before, ("u200", "ann", 50)];
        const long shardBytes = 50 * BytesPerFrame * 200 / 12;

        Assert.That(ShardDigests(shardBytes, before), Has.Count.InRange(12, 40));
        Assert.That(ShardDigests(shardBytes, before).Except(ShardDigests(shardBytes, changed)).Count(), Is.EqualTo(1));
        Assert.That(ShardDigests(shardBytes, before).Except(ShardDigests(shardBytes, added)).Count(), Is.EqualTo(1));
        Assert.That(ShardDigests(shardBytes, added).Except(ShardDigests(shardBytes, before)).Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_corpus_that_grows_divides_a_shard_at_a_time()
    {
        const long shardBytes = 50 * BytesPerFrame * 4;
        var before = ShardDigests(shardBytes, Utterances(1));
        for (var count = 2; count <= 60; count++)
        {
            var now = ShardDigests(shardBytes, Utterances(count));
            Assert.That(before.Except(now).Count(), Is.LessThanOrEqualTo(1), $"shards that {count} utterances replaced");
            before = now;
        }

        static (string, string, int)[] Utterances(int count) => [.. Enumerable.Range(0, count).Select(i => ($"u{i}", $"speaker {i % 5}", 50))];
    }

    [Test]
    public void A_shard_holds_few_speakers()
    {
        (string Id, string Speaker, int Frames)[] utterances =
            [.. Enumerable.Range(0, 400).Select(i => ($"u{i}", $"speaker {i % 8}", 50))];
        using var features = SyntheticFeatures.Write(50 * BytesPerFrame * 25, utterances);
        using var shards = FeatureShards.Open(features.Folder);
        Assert.That(
            shards.Utterances.GroupBy(utterance => utterance.Shard).Select(shard => shard.Select(utterance => utterance.Speaker).Distinct().Count()),
            Is.All.EqualTo(1));
    }

    private static List<string> ShardDigests(long shardBytes, (string, string, int)[] utterances)
    {
        using var features = SyntheticFeatures.Write(shardBytes, utterances);
        return [.. Directory.EnumerateFiles(features.Folder, "*.safetensors")
            .Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))];
    }

    [Test]
    public void Corpora_are_joined_with_their_speakers_kept_apart()
    {
        using var one = SyntheticFeatures.Write("one", long.MaxValue, ("a", "ann", 3));
        using var other = SyntheticFeatures.Write("other", long.MaxValue, ("a", "ann", 4), ("b", "zoe", 5));
        using var shards = FeatureShards.Open(other.Folder, one.Folder);
        Assert.That(shards.Utterances.Select(utterance => utterance.Id), Is.EqualTo(["other/a", "other/b", "one/a"]));
        Assert.That(shards.Speakers, Is.EqualTo(["one/ann", "other/ann", "other/zoe"]));
        Assert.That(Enumerable.Range(0, 3).Select(shards.SpeakerOf), Is.EqualTo([1, 2, 0]));
        Assert.That(shards.F0(1).Length, Is.EqualTo(5));
    }

    [Test]
    public void A_corpus_given_twice_and_a_broken_index_are_refused()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 3));
        Assert.That(
            () => FeatureShards.Open(features.Folder, features.Folder),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("give each corpus once"));
        File.WriteAllText(Path.Combine(features.Folder, "utterances.jsonl"), "{}\n");
        Assert.That(
            () => FeatureShards.Open(features.Folder),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 1 is not a UtteranceEntry"));
        File.WriteAllText(Path.Combine(features.Folder, "features.json"), "[]");
        Assert.That(
            () => FeatureShards.Open(features.Folder),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("not an index of features"));
    }

    [Test]
    public void A_shard_that_contradicts_the_index_is_refused()
    {
        using var features = SyntheticFeatures.Write(long.MaxValue, ("a", "ann", 3));
        new SafeTensorsWriter().Add("made/a/log_mel", new float[8], 4, 2)
            .Save(Directory.EnumerateFiles(features.Folder, "*.safetensors").Single());
        using var shards = FeatureShards.Open(features.Folder);
        Assert.That(
            () => shards.LogMel(0).Length,
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("has 8 values, the index says 12"));
    }

    [Test]
    public void Utterances_of_different_dimensions_are_refused()
    {
        var folder = new FeatureFolder("nowhere", long.MaxValue, ContentGrid.OfMel);
        var entry = new UtteranceEntry { Id = "a", Corpus = "c", Speaker = "s", Language = "en", Licence = "", Split = Split.Train, Audio = "" };
        folder.Add(entry, new(4, 2), () => throw new InvalidOperationException());
        Assert.That(
            () => folder.Add(entry with { Id = "b" }, new(4, 3), () => throw new InvalidOperationException()),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
                "b: has 4 rows of mel and 3 of content, the utterances before have 4 rows of mel and 2 of content"));
    }
}
