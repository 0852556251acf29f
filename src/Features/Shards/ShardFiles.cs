using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>What becomes of one shard: a file of features, and sums for the statistics of its speakers.</summary>
internal static class ShardFiles
{
    internal const string Features = "features.safetensors";
    internal const string Sums = "sums.safetensors";

    internal static void Write(Shard shard, string folder)
    {
        var features = new SafeTensorsWriter();
        var speakers = new Dictionary<string, SpeakerSums>();
        foreach (var (entry, read) in shard.Members)
        {
            var utterance = read();
            utterance.AddTo(features, entry.Id);
            if (!speakers.TryGetValue(SpeakerSums.NameOf(entry), out var sums))
                speakers[SpeakerSums.NameOf(entry)] = sums = new SpeakerSums(utterance.ContentRows);
            sums.Add(utterance.Content, utterance.F0);
        }
        features.Save(Path.Combine(folder, Features));
        SpeakerSums.Save(speakers, Path.Combine(folder, Sums));
    }
}
