using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>Files of one shard, as <see cref="ShardFiles"/> wrote them.</summary>
/// <param name="Sums">Path of <see cref="ShardFiles.Sums"/>.</param>
internal sealed record MadeShard(Shard Shard, string Sums);

/// <param name="LargestOffset">Of a coefficient of content from zero, in deviations of its speaker.</param>
internal sealed record WrittenFeatures(long Frames, double LargestOffset);

/// <summary>Utterances and their features as a folder of shards with an index: what <see cref="FeatureShards.Open"/> reads.</summary>
/// <param name="grid">Of the content.</param>
internal sealed class FeatureFolder(string folder, long targetShardBytes, ContentGrid grid)
{
    private readonly List<ShardMember> _members = [];
    private FeatureRows? _rows;

    /// <param name="entry">With its frames; the shard is filled in.</param>
    /// <param name="rows">Of its features.</param>
    /// <param name="read">Gives the features; called when its shard is written.</param>
    /// <exception cref="InvalidDataException">The features have other dimensions than those before.</exception>
    internal void Add(UtteranceEntry entry, FeatureRows rows, Func<UtteranceFeatures> read)
    {
        if ((_rows ??= rows) != rows)
            throw new InvalidDataException($"{entry.Id}: has {rows}, the utterances before have {_rows}");
        _members.Add(new ShardMember(entry, read));
    }

    /// <param name="make">Makes the files of a shard, on several threads, and leaves its features in the folder under its name.</param>
    /// <param name="workers">Shards at the same time.</param>
    /// <exception cref="InvalidOperationException">There is nothing to write.</exception>
    internal WrittenFeatures Write(Func<Shard, string, MadeShard> make, int workers)
    {
        var rows = _rows ?? throw new InvalidOperationException("Features: no utterance was added.");
        Directory.CreateDirectory(folder);
        var shards = ShardPlan.Of(_members, rows.BytesPerFrame(grid), targetShardBytes);
        var made = shards.AsParallel().AsOrdered().WithDegreeOfParallelism(workers)
            .Select(shard => make(shard, Path.Combine(folder, FileOf(shard)))).ToList();
        JsonLines.Write(Path.Combine(folder, FeatureIndex.UtterancesFile), Entries(shards));
        var index = new FeatureIndex
        {
            Mels = rows.Mels, ContentDimension = rows.Content, ContentGrid = grid, SpeakerDimension = rows.Speaker, Speakers = Statistics(made),
        };
        index.Write(folder);
        return new(_members.Sum(member => (long)member.Entry.Frames), index.Speakers.Values.Max(speaker => speaker.LargestOffset()));
    }

    private static string FileOf(Shard shard) => shard.Name + ".safetensors";

    private static IEnumerable<UtteranceEntry> Entries(IEnumerable<Shard> shards) => shards
        .SelectMany(shard => shard.Members.Select(member => member.Entry with { Shard = FileOf(shard) }))
        .OrderBy(entry => entry.Id, StringComparer.Ordinal);

    private static Dictionary<string, SpeakerStatistics> Statistics(IEnumerable<MadeShard> made)
    {
        var speakers = new Dictionary<string, SpeakerSums>();
        foreach (var (speaker, part) in made.SelectMany(shard => SpeakerSums.Load(shard.Sums)))
            if (!speakers.TryAdd(speaker, part))
                speakers[speaker].Add(part);
        return SpeakerSums.Build(speakers);
    }
}
