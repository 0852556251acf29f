using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>
/// Decides what each training batch holds. The batch of a step is a pure function of (seed, step, items, settings): resuming
/// needs only the step.
/// </summary>
/// <remarks>
/// An epoch draws equally often from every speaker. A speaker's draws run through a random order of their utterances, then
/// through another one, on over the epochs, so no utterance is drawn twice before all others of the speaker were. The epoch's
/// draws are sorted by length bucket, at random within a bucket, cut into batches, and the batches are shuffled.
/// </remarks>
public sealed class LengthBucketSampler
{
    private readonly SamplerItem[][] _bySpeaker;
    private readonly SamplerSettings _settings;
    private readonly KeyedRandom _random;
    private readonly int _drawsPerSpeaker;
    private EpochPlan? _latest;

    /// <exception cref="ArgumentException">No item is long enough.</exception>
    public LengthBucketSampler(IEnumerable<SamplerItem> items, SamplerSettings settings, long seed)
    {
        _settings = settings;
        _random = KeyedRandom.Seed(seed);
        _bySpeaker = items.Where(item => item.Frames >= settings.MinFrames).GroupBy(item => item.Speaker)
            .OrderBy(group => group.Key)
            .Select(group => group.OrderBy(item => item.Utterance).ToArray()).ToArray();
        if (_bySpeaker.Length == 0)
            throw new ArgumentException(
                $"Sampler: no utterance has min_frames ({settings.MinFrames}) or more; lower it or add speech.", nameof(items));
        _drawsPerSpeaker = DrawsPerSpeaker();
    }

    /// <summary>Samples one split of the shards.</summary>
    public static LengthBucketSampler Over(FeatureShards shards, Split split, SamplerSettings settings, long seed) =>
        new(shards.Of(split).Select(i => new SamplerItem(i, shards.SpeakerOf(i), shards.Utterances[i].Frames)), settings, seed);

    /// <summary>Steps after which every speaker was drawn equally often.</summary>
    public long StepsPerEpoch => (long)_drawsPerSpeaker * _bySpeaker.Length / _settings.BatchSize;

    /// <param name="step">0 or more.</param>
    public BatchPlan Plan(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var (epoch, position) = Math.DivRem(step, StepsPerEpoch);
        var plan = _latest is { } latest && latest.Epoch == epoch ? latest : _latest = PlanEpoch(epoch);
        var batch = plan.Batches[position];
        return new BatchPlan(step, [.. batch.Select((item, slot) => CropOf(item, _random.For(RandomDomain.Crops).At(step).At(slot)))]);
    }

    /// <summary>The mean number of utterances per speaker, rounded up so that an epoch is a whole number of batches.</summary>
    private int DrawsPerSpeaker()
    {
        var multiple = _settings.BatchSize / Gcd(_settings.BatchSize, _bySpeaker.Length);
        var mean = _bySpeaker.Sum(items => (long)items.Length) / (double)_bySpeaker.Length;
        return (int)Math.Ceiling(mean / multiple) * multiple;
    }

    private EpochPlan PlanEpoch(long epoch)
    {
        var tieBreak = _random.For(RandomDomain.OrderOfBatches).At(epoch);
        var draws = Enumerable.Range(0, _bySpeaker.Length).SelectMany(speaker => Draws(speaker, epoch)).ToArray();
        var order = Enumerable.Range(0, draws.Length).Select(i => (Bucket: Bucket(draws[i]), Key: tieBreak.At(i).Bits, Draw: i))
            .ToArray();
        Array.Sort(order);
        var batches = order.Select(entry => draws[entry.Draw]).Chunk(_settings.BatchSize).ToArray();
        return new EpochPlan(epoch, [.. tieBreak.At(-1).Permutation(batches.Length).Select(i => batches[i])]);
    }

    private IEnumerable<SamplerItem> Draws(int speaker, long epoch)
    {
        var items = _bySpeaker[speaker];
        var (round, order) = (-1L, Array.Empty<int>());
        for (var draw = epoch * _drawsPerSpeaker; draw < (epoch + 1) * _drawsPerSpeaker; draw++)
        {
            if (draw / items.Length != round)
            {
                round = draw / items.Length;
                order = _random.For(RandomDomain.OrderOfUtterances).At(speaker).At(round).Permutation(items.Length);
            }
            yield return items[order[draw % items.Length]];
        }
    }

    private int Bucket(SamplerItem item) => (CropLength(item) - 1) / _settings.BucketFrames;

    private int CropLength(SamplerItem item) => Math.Min(item.Frames, _settings.MaxFrames);

    private Crop CropOf(SamplerItem item, KeyedRandom random)
    {
        var frames = CropLength(item);
        return new Crop(item.Utterance, random.Below(item.Frames - frames + 1), frames);
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private sealed record EpochPlan(long Epoch, SamplerItem[][] Batches);
}
