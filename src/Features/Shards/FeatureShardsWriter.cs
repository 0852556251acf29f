using System.Security.Cryptography;
using System.Text;
using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>
/// Writes utterances and their features as shards and an index. An utterance's shard is the leading bits of the SHA-256 of its
/// id, so a changed, added or removed utterance rewrites one shard, until the corpus outgrows the shard size and the number of
/// shards doubles.
/// </summary>
internal sealed class FeatureShardsWriter(string folder, long targetShardBytes)
{
    private const int MaxShardBits = 16;

    private readonly SortedDictionary<string, (
        UtteranceEntry Entry, Func<UtteranceFeatures> Read)> _utterances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpeakerStatisticsBuilder> _speakers = [];
    private (int Mels, int Content)? _rows;

    /// <param name="entry">Frames and shard are filled in.</param>
    /// <param name="read">Gives the features; called again when the shard is written.</param>
    /// <exception cref="InvalidDataException">The features have other dimensions than those before.</exception>
    internal void Add(UtteranceEntry entry, Func<UtteranceFeatures> read)
    {
        var features = read();
        var rows = (features.LogMel.Length / features.Frames, features.Content.Length / features.Frames);
        if ((_rows ??= rows) != rows)
            throw new InvalidDataException($"{entry.Id}: has {rows} rows of mel and content, the utterances before have {_rows}");
        _utterances.Add(entry.Id, (entry with { Frames = features.Frames }, read));
        if (!_speakers.TryGetValue(entry.SpeakerKey, out var statistics))
            _speakers[entry.SpeakerKey] = statistics = new SpeakerStatisticsBuilder(rows.Item2);
        statistics.Add(features.Content, features.F0);
    }

    /// <returns>Frames written.</returns>
    /// <exception cref="InvalidOperationException">There is nothing to write.</exception>
    internal long Write()
    {
        var (mels, content) = _rows ?? throw new InvalidOperationException("Features: no utterance was added.");
        Directory.CreateDirectory(folder);
        var bits = ShardBits((mels + content + 1L) * sizeof(float));
        var entries = _utterances.Values.GroupBy(utterance => ShardOf(utterance.Entry.Id, bits)).OrderBy(shard => shard.Key)
            .SelectMany(shard => WriteShard($"shard-{shard.Key:x4}.safetensors", shard)).ToList();
        JsonLines.Write(
            Path.Combine(folder, FeatureIndex.UtterancesFile), entries.OrderBy(entry => entry.Id, StringComparer.Ordinal));
        var speakers = _speakers.ToDictionary(pair => pair.Key, pair => pair.Value.Build());
        new FeatureIndex { Mels = mels, ContentDimension = content, Speakers = speakers }.Write(folder);
        return entries.Sum(entry => (long)entry.Frames);
    }

    private List<UtteranceEntry> WriteShard(
        string name, IEnumerable<(UtteranceEntry Entry, Func<UtteranceFeatures> Read)> utterances)
    {
        var writer = new SafeTensorsWriter();
        var entries = new List<UtteranceEntry>();
        foreach (var (entry, read) in utterances)
        {
            entries.Add(entry with { Shard = name });
            read().AddTo(writer, entry.Id);
        }
        writer.Save(Path.Combine(folder, name));
        return entries;
    }

    private int ShardBits(long bytesPerFrame)
    {
        var bytes = bytesPerFrame * _utterances.Values.Sum(utterance => (long)utterance.Entry.Frames);
        var bits = 0;
        while (bytes >> bits > targetShardBytes && bits < MaxShardBits)
            bits++;
        return bits;
    }

    private static int ShardOf(string id, int bits)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return ((hash[0] << 8) | hash[1]) >> (MaxShardBits - bits);
    }
}
