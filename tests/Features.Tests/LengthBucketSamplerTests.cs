using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Features.Tests;

public class LengthBucketSamplerTests
{
    private static readonly SamplerSettings Settings = new(
        ) { BatchSize = 8, MinFrames = 20, MaxFrames = 100, BucketFrames = 10 };

    /// <summary>Three speakers of 90, 30 and 5 utterances, 20 to 219 frames.</summary>
    private static readonly SamplerItem[] Items = [.. Enumerable.Range(
        0, 125).Select(i => new SamplerItem(i, i < 90 ? 0 : i < 120 ? 4 : 7, 20 + i * 37 % 200))];

    private static IEnumerable<Crop> Crops(LengthBucketSampler sampler, long firstStep, long steps) =>
        Enumerable.Range(0, (int)steps).SelectMany(step => sampler.Plan(firstStep + step).Crops);

    [Test]
    public void The_first_batches_of_a_seed_are_pinned()
    {
        var sampler = new LengthBucketSampler(Items, Settings, seed: 1);
        Assert.That(sampler.StepsPerEpoch, Is.EqualTo(18));
        var batch = sampler.Plan(0).Crops.Select(crop => $"{crop.Utterance}:{crop.Start}+{crop.Frames}");
        Assert.That(
            batch, Is.EqualTo(["12:0+64", "93:0+61", "39:0+63", "115:0+75", "23:0+71", "115:0+75", "110:0+90", "99:0+83"]));
    }

    [FsCheck.NUnit.Property]
    public Property A_batch_depends_on_seed_and_step_alone(int seed, ushort first, ushort second)
    {
        var asked = new LengthBucketSampler(Items, Settings, seed);
        asked.Plan(second);
        var fresh = new LengthBucketSampler(Items.Reverse(), Settings, seed);
        return asked.Plan(first).Crops.SequenceEqual(fresh.Plan(first).Crops).ToProperty();
    }

    [Test]
    public void Another_seed_and_another_epoch_give_other_batches()
    {
        var sampler = new LengthBucketSampler(Items, Settings, seed: 1);
        var epoch = Crops(sampler, 0, sampler.StepsPerEpoch).ToList();
        Assert.That(Crops(sampler, sampler.StepsPerEpoch, sampler.StepsPerEpoch), Is.Not.EqualTo(epoch));
        Assert.That(Crops(new LengthBucketSampler(Items, Settings, seed: 2), 0, sampler.StepsPerEpoch), Is.Not.EqualTo(epoch));
    }

    [FsCheck.NUnit.Property(MaxTest = 30)]
    public Property An_epoch_draws_every_speaker_equally_often(int seed, PositiveInt batchSize, byte epoch)
    {
        var sampler = new LengthBucketSampler(Items, Settings with { BatchSize = batchSize.Get % 40 + 1 }, seed);
        var draws = Crops(sampler, epoch * sampler.StepsPerEpoch, sampler.StepsPerEpoch)
            .CountBy(crop => Items[crop.Utterance].Speaker).ToList();
        return (draws.Count == 3 && draws.Select(pair => pair.Value).Distinct().Count() == 1).ToProperty();
    }

    [Test]
    public void No_utterance_is_drawn_again_before_all_others_of_its_speaker_were()
    {
        var sampler = new LengthBucketSampler(Items, Settings, seed: 3);
        var counts = Crops(sampler, 0, 10 * sampler.StepsPerEpoch).CountBy(crop => crop.Utterance).ToDictionary();
        foreach (var speaker in Items.GroupBy(item => item.Speaker))
        {
            var drawn = speaker.Select(item => counts.GetValueOrDefault(item.Utterance)).ToList();
            Assert.That(drawn.Max() - drawn.Min(), Is.LessThanOrEqualTo(1), $"speaker {speaker.Key}");
        }
    }

    [FsCheck.NUnit.Property]
    public Property Crops_stay_within_their_utterance_and_the_bounds(int seed, ushort step)
    {
        var crops = new LengthBucketSampler(Items, Settings, seed).Plan(step).Crops;
        return (crops.Count == 8 && crops.All(crop => crop.Start >= 0 && crop.Frames is >= 20 and <= 100
            && crop.Start + crop.Frames <= Items[crop.Utterance].Frames
            && crop.Frames == Math.Min(100, Items[crop.Utterance].Frames))).ToProperty();
    }

    [Test]
    public void Most_batches_hold_utterances_of_about_one_length()
    {
        var sampler = new LengthBucketSampler(Items, Settings, seed: 5);
        var plans = Enumerable.Range(0, (int)sampler.StepsPerEpoch)
            .Select(step => sampler.Plan(step).Crops.Select(crop => crop.Frames).ToList()).ToList();
        var filled = plans.Sum(frames => frames.Sum()) / (double)plans.Sum(frames => frames.Max() * frames.Count);
        Assert.That(filled, Is.GreaterThan(0.88));
    }

    [Test]
    public void Crop_positions_of_a_long_utterance_cover_it()
    {
        SamplerItem[] one = [new(0, 0, 1000)];
        var starts = Crops(new LengthBucketSampler(one, Settings, seed: 5), 0, 200).Select(crop => crop.Start).ToList();
        Assert.That(starts.Average(), Is.EqualTo(450).Within(25));
        Assert.That(starts.Min(), Is.LessThan(10));
        Assert.That(starts.Max(), Is.InRange(890, 900));
    }

    [Test]
    public void Utterances_below_the_minimum_are_left_out_and_none_left_is_an_error()
    {
        SamplerItem[] items = [new(0, 0, 19), new(1, 0, 20)];
        Assert.That(
            Crops(new LengthBucketSampler(items, Settings, seed: 0), 0, 3).Select(crop => crop.Utterance), Is.All.EqualTo(1));
        Assert.That(
            () => new LengthBucketSampler(items[..1], Settings, seed: 0),
            Throws.ArgumentException.With.Message.Contains("min_frames (20)"));
    }
}
