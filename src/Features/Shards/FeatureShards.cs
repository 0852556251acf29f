using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>
/// The features of one or several corpora, memory-mapped: spans point into the files and live until <see cref="Dispose"/>.
/// Utterances are addressed by their position in <see cref="Utterances"/>. Safe for readers on several threads.
/// </summary>
public sealed class FeatureShards : IDisposable
{
    private readonly List<FeatureShard> _shards = [];
    private readonly List<UtteranceEntry> _utterances = [];
    private readonly List<(int Shard, int Member)> _places = [];
    private readonly int[] _speakerOf;
    private readonly SortedDictionary<string, SpeakerStatistics> _statistics = new(StringComparer.Ordinal);

    private FeatureShards(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
            Join(folder);
        Speakers = [.. _statistics.Keys];
        Statistics = [.. _statistics.Values];
        var indexOf = Speakers.Select((speaker, index) => (speaker, index))
            .ToDictionary(pair => pair.speaker, pair => pair.index);
        _speakerOf = [.. _utterances.Select(utterance => indexOf[utterance.SpeakerKey])];
    }

    /// <summary>Corpus by corpus as given to <see cref="Open"/>, each by id (ordinal).</summary>
    public IReadOnlyList<UtteranceEntry> Utterances => _utterances;

    /// <summary>Corpus and speaker, ordinal order; a speaker's place here is its index.</summary>
    public IReadOnlyList<string> Speakers { get; }

    /// <summary>By speaker index.</summary>
    public IReadOnlyList<SpeakerStatistics> Statistics { get; }

    /// <summary>Rows of a log-mel.</summary>
    public int Mels { get; private set; }

    /// <summary>Rows of the content features, D.</summary>
    public int ContentDimension { get; private set; }

    /// <summary>Of an utterance's embedding; 0 where there is none among the features.</summary>
    public int SpeakerDimension { get; private set; }

    /// <summary>Opens the folders a features stage left, one per corpus; shards are mapped when first touched.</summary>
    /// <exception cref="InvalidDataException">An index is broken, or the corpora have different dimensions.</exception>
    public static FeatureShards Open(params IReadOnlyList<string> folders) => new(folders);

    /// <summary>Positions in <see cref="Utterances"/> of one split.</summary>
    public IEnumerable<int> Of(Split split) => Enumerable.Range(0, _utterances.Count).Where(i => _utterances[i].Split == split);

    /// <summary>Index into <see cref="Speakers"/>.</summary>
    public int SpeakerOf(int utterance) => _speakerOf[utterance];

    /// <summary>Natural log of mel power, [80, T].</summary>
    /// <exception cref="InvalidDataException">The shard contradicts the index.</exception>
    public ReadOnlySpan<float> LogMel(int utterance) => ShardOf(utterance).LogMel(_places[utterance].Member);

    /// <summary>
    /// Content features as extracted, [D, T]; networks see them through <see cref="SpeakerStatistics"/>, as batches give them.
    /// </summary>
    /// <inheritdoc cref="LogMel"/>
    public float[] Content(int utterance)
    {
        var frames = Utterances[utterance].Frames;
        var content = new float[ContentDimension * frames];
        CopyContent(utterance, 0, frames, content, frames);
        return content;
    }

    /// <summary>A stretch of <see cref="Content"/>, which is kept in half precision and perhaps in fewer frames.</summary>
    /// <param name="content">[D, <paramref name="stride"/>], of which the first <paramref name="frames"/> of each row are written.</param>
    /// <inheritdoc cref="LogMel"/>
    public void CopyContent(int utterance, int start, int frames, Span<float> content, int stride) =>
        ShardOf(utterance).CopyContent(_places[utterance].Member, start, frames, content, stride);

    /// <summary>[T] Hz, 0 where unvoiced.</summary>
    /// <inheritdoc cref="LogMel"/>
    public ReadOnlySpan<float> F0(int utterance) => ShardOf(utterance).F0(_places[utterance].Member);

    /// <summary>Who speaks, [192] of unit length, by a network of others.</summary>
    /// <exception cref="InvalidOperationException">Embeddings are none of the features.</exception>
    public ReadOnlySpan<float> Speaker(int utterance) => SpeakerDimension > 0
        ? ShardOf(utterance).Speaker(_places[utterance].Member)
        : throw new InvalidOperationException("FeatureShards: no embedding was extracted; set features.speaker to ecapa.");

    private FeatureShard ShardOf(int utterance) => _shards[_places[utterance].Shard];

    private void Join(string folder)
    {
        var index = FeatureIndex.Read(folder);
        if (_utterances.Count > 0 && Dimensions(index) != (Mels, ContentDimension, SpeakerDimension))
            throw new InvalidDataException($"{folder}: has (mels, content, speaker) {Dimensions(index)}, those opened before have "
                + $"{(Mels, ContentDimension, SpeakerDimension)}; extract all corpora with the same settings");
        (Mels, ContentDimension, SpeakerDimension) = Dimensions(index);
        foreach (var (speaker, statistics) in index.Speakers)
            if (!_statistics.TryAdd(speaker, statistics))
                throw new InvalidDataException(
                    $"{folder}: speaker '{speaker}' is already in a folder opened before; give each corpus once");
        JoinUtterances(folder, new FeatureRows(Mels, ContentDimension, SpeakerDimension), index.ContentGrid);
    }

    private static (int Mels, int Content, int Speaker) Dimensions(FeatureIndex index) => (index.Mels, index.ContentDimension, index.SpeakerDimension);

    private void JoinUtterances(string folder, FeatureRows rows, ContentGrid grid)
    {
        var shards = new Dictionary<string, (int Number, List<(string Id, int Frames)> Members)>();
        foreach (var utterance in UtteranceEntry.ReadAll(Path.Combine(folder, FeatureIndex.UtterancesFile)))
        {
            if (!shards.TryGetValue(utterance.Shard, out var shard))
            {
                shard = shards[utterance.Shard] = (_shards.Count, []);
                _shards.Add(new FeatureShard(Path.Combine(folder, utterance.Shard), rows, grid, shard.Members));
            }
            _places.Add((shard.Number, shard.Members.Count));
            shard.Members.Add((utterance.Id, utterance.Frames));
            _utterances.Add(utterance);
        }
    }

    public void Dispose() => _shards.ForEach(shard => shard.Dispose());
}
