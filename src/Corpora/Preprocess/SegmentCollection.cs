using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// Puts the items' results together: one tree of segments, the index of utterances, the list of what was left out. Segments are
/// links to the items' results.
/// </summary>
internal sealed class SegmentCollection
{
    private readonly CorpusSettings _corpus;
    private readonly List<CollectedRecording> _recordings = [];
    private readonly List<QuarantinedItem> _quarantine = [];
    private readonly Dictionary<string, string> _itemOfStem = [];

    /// <param name="root">Absolute path of the recordings.</param>
    /// <param name="items">All, by id.</param>
    internal SegmentCollection(CorpusSettings corpus, string root, IReadOnlyList<ItemResult> items)
    {
        _corpus = corpus;
        var catalogue = corpus.CreateLayout().Open(root);
        foreach (var (item, recording, reason) in items.AsParallel().AsOrdered().Select(item => Describe(item, catalogue)))
            Add(item, recording, reason);
    }

    internal IReadOnlyList<QuarantinedItem> Quarantine => _quarantine;

    /// <summary>Recordings that a peak kept below the loudness asked for.</summary>
    internal int HeldByPeak => _recordings.Count(recording => recording.Result.IsHeldByPeak);

    /// <inheritdoc cref="Segmentation"/>
    internal int Silent => _recordings.Sum(recording => recording.Result.Silent);

    /// <inheritdoc cref="Segmentation"/>
    internal int Short => _recordings.Sum(recording => recording.Result.Short);

    /// <returns>The utterances, by id.</returns>
    internal IReadOnlyList<Utterance> WriteSegments(CombineRun run, string folder)
    {
        var splits = new SplitAssignment(_corpus.Split, _recordings.Select(Names));
        var utterances = _recordings.AsParallel().SelectMany(recording => Place(recording, splits, run, folder)).ToList();
        utterances.Sort((one, other) => string.CompareOrdinal(one.Id, other.Id));
        UtteranceIndex.Write(folder, utterances);
        return utterances;
    }

    private static (ItemResult Item, Recording? Recording, string? Reason) Describe(ItemResult item, ICorpusCatalogue catalogue)
    {
        if (!item.IsAccepted)
            return (item, null, item.Rejection);
        try
        {
            return (item, catalogue.Describe(item.Id), null);
        }
        catch (ItemRejectedException e)
        {
            return (item, null, e.Message);
        }
    }

    private void Add(ItemResult item, Recording? recording, string? reason)
    {
        var stem = Path.ChangeExtension(item.Id, null);
        if (recording is null)
            _quarantine.Add(new QuarantinedItem(item.Id, reason!));
        else if (_itemOfStem.TryAdd(stem, item.Id))
            _recordings.Add(new CollectedRecording(stem, item, recording, SegmentedItem.Read(item)));
        else
            _quarantine.Add(new QuarantinedItem(
                item.Id, $"has the name of {_itemOfStem[stem]}, which is used; rename it if it is another recording"));
    }

    private List<Utterance> Place(CollectedRecording collected, SplitAssignment splits, CombineRun run, string folder)
    {
        var segments = collected.Result.Segments;
        var (id, speaker) = Names(collected);
        var split = splits.Of(id, speaker);
        var utterances = new List<Utterance>(segments.Count);
        foreach (var segment in segments)
        {
            var name = $"{collected.Stem}-{Path.GetFileNameWithoutExtension(segment.File)}";
            run.Place(collected.Item[segment.File], Path.Combine(folder, name + ".flac"));
            utterances.Add(Describe(collected.Recording, name, segment, split, isWhole: segments.Count == 1));
        }
        return utterances;
    }

    private Utterance Describe(Recording recording, string name, SegmentFile segment, Split split, bool isWhole) => new()
    {
        Id = $"{_corpus.Name}/{name}",
        Corpus = _corpus.Name,
        Speaker = recording.Speaker,
        Sex = recording.Sex,
        Language = recording.Language,
        Licence = recording.Licence,
        Transcript = isWhole ? recording.Transcript : null,
        Split = split,
        Path = name + ".flac",
        Start = segment.Start,
        Seconds = segment.Seconds,
    };

    private (string Id, string Speaker) Names(CollectedRecording collected) =>
        ($"{_corpus.Name}/{collected.Stem}", $"{_corpus.Name}/{collected.Recording.Speaker}");
}

/// <param name="Stem">Path of the recording without extension.</param>
internal sealed record CollectedRecording(string Stem, ItemResult Item, Recording Recording, SegmentedItem Result);
