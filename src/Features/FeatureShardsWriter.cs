using System.Security.Cryptography;
using System.Text;
using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>
/// Writes utterances and their features as shards and an index. An utterance's shard is the leading bits of the SHA-256 of its id, so
/// a changed, added or removed utterance rewrites one shard, until the corpus outgrows the shard size and the number of shards doubles.
/// Values are read from their sources one utterance at a time.
/// </summary>
internal sealed class FeatureShardsWriter(string folder, int mels, int contentDimension, long targetShardBytes)
{
    private readonly SortedDictionary<string, (UtteranceEntry Entry, Func<UtteranceFeatures> Read)> _utterances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpeakerStatisticsBuilder> _speakers = [];

    /// <param name="read">Gives the features; called again when the shard is written.</param>
    internal void Add(UtteranceEntry entry, Func<UtteranceFeatures> read)
    {
        _utterances.Add(entry.Id, (entry, read));
        if (!_speakers.TryGetValue(entry.SpeakerKey, out var statistics))
            _speakers[entry.SpeakerKey] = statistics = new SpeakerStatisticsBuilder(contentDimension);
        var features = read();
        statistics.Add(features.Content, features.F0);
    }

    internal void Write()
    {
        Directory.CreateDirectory(folder);
        var shards = _utterances.Values.GroupBy(utterance => ShardOf(utterance.Entry.Id, ShardBits())).OrderBy(shard => shard.Key).ToList();
        var entries = shards.SelectMany(shard => WriteShard($"shard-{shard.Key:x4}.safetensors", shard));
        JsonLines.Write(Path.Combine(folder, FeatureIndex.UtterancesFile), entries.OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList());
        var speakers = _speakers.ToDictionary(pair => pair.Key, pair => pair.Value.Build());
        new FeatureIndex { Mels = mels, ContentDimension = contentDimension, Speakers = speakers }.Write(folder);
    }

    private List<UtteranceEntry> WriteShard(string name, IEnumerable<(UtteranceEntry Entry, Func<UtteranceFeatures> Read)> utterances)
    {
        var writer = new SafeTensorsWriter();
        var entries = new List<UtteranceEntry>();
        foreach (var (entry, read) in utterances)
        {
            entries.Add(entry with { Shard = name });
            read().AddTo(writer, entry.Id, entry.Frames);
        }
        writer.Save(Path.Combine(folder, name));
        return entries;
    }

    private int ShardBits()
    {
        var bytes = _utterances.Values.Sum(utterance => (mels + contentDimension + 1L) * sizeof(float) * utterance.Entry.Frames);
        var bits = 0;
        while (bytes >> bits > targetShardBytes && bits < 16)
            bits++;
        return bits;
    }

    private static int ShardOf(string id, int bits)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return ((hash[0] << 8) | hash[1]) >> (16 - bits);
    }
}
