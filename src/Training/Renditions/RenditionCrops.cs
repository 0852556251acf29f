using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Where in the features the content of renditions lies.</summary>
/// <param name="shards">That the renditions were made from.</param>
internal sealed class RenditionCrops(RenditionFolder renditions, FeatureShards shards)
{
    private readonly Dictionary<string, int> _utterances = shards.Utterances.Index().ToDictionary(entry => entry.Item.Id, entry => entry.Index);

    /// <exception cref="InvalidDataException">The rendition is of an utterance that the features lack.</exception>
    public Crop Of(int place)
    {
        var entry = renditions.Entries[place];
        return _utterances.TryGetValue(entry.Utterance, out var utterance)
            ? new(utterance, entry.Start, entry.Frames)
            : throw new InvalidDataException($"Renditions: the features have no utterance '{entry.Utterance}'; train on the features that they were made from.");
    }
}
