using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Which renditions a batch takes, each whole. Safe on several threads.</summary>
internal sealed class RenditionPlaces
{
    private readonly RenditionFolder _renditions;
    private readonly TrainingSettings _settings;
    private readonly int[] _byLength;
    private readonly LengthBucketSampler _sampler;

    /// <exception cref="ArgumentException">There is no rendition of the training split.</exception>
    public RenditionPlaces(RenditionFolder renditions, TrainingSettings settings)
    {
        (_renditions, _settings) = (renditions, settings);
        var entries = renditions.Entries;
        var voices = entries.Select(entry => entry.Voice).Distinct().Order(StringComparer.Ordinal).Index().ToDictionary(voice => voice.Item, voice => voice.Index);
        _byLength = [.. renditions.Of(Split.Train).OrderByDescending(place => entries[place].Frames)];
        var sampling = new SamplerSettings { BatchSize = settings.BatchSize, MinFrames = 1, MaxFrames = _byLength.Select(place => entries[place].Frames).FirstOrDefault(1) };
        _sampler = new LengthBucketSampler(
            _byLength.Select(place => new SamplerItem(place, voices[entries[place].Voice], entries[place].Frames)), sampling, settings.Seed);
    }

    /// <summary>Of a micro-batch, equally often in every voice.</summary>
    public BatchPlan Draw(long index) => _sampler.Plan(index);

    public IEnumerable<BatchPlan> Validation() =>
        _renditions.Of(Split.Validation).ToList().Evenly(_settings.BatchSize * _settings.ValidationBatches).Chunk(_settings.BatchSize).Select(Whole);

    /// <summary>So many, the longest first, over again where there are fewer.</summary>
    public BatchPlan Longest(int size) => Whole([.. Enumerable.Range(0, size).Select(n => _byLength[n % _byLength.Length])]);

    private BatchPlan Whole(int[] places) => new(0, [.. places.Select(place => new Crop(place, 0, _renditions.Entries[place].Frames))]);
}
