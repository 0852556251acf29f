using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// Puts the items' results together: one tree of segments, the index of utterances, the list of what was left out.
/// </summary>
/// <param name="corpusRoot">Absolute path of the recordings.</param>
internal sealed class SegmentCollection(CorpusSettings corpus, string corpusRoot)
{
    private readonly ICorpusCatalogue _catalogue = corpus.CreateLayout().Open(corpusRoot);
    private readonly List<(string Stem, string Folder, Recording Recording)> _recordings = [];
    private readonly List<QuarantinedItem> _quarantine = [];
    private readonly Dictionary<string, string> _itemOfStem = [];

    internal IReadOnlyList<QuarantinedItem> Quarantine => _quarantine;

    internal void Add(ItemResult item)
    {
        try
        {
            if (item.Folder is null)
                throw new ItemRejectedException(item.Rejection ?? "rejected");
            var stem = UniqueStem(item.Id);
            _recordings.Add((stem, item.Folder, _catalogue.Describe(item.Id)));
        }
        catch (ItemRejectedException e)
        {
            _quarantine.Add(new QuarantinedItem(item.Id, e.Message));
        }
    }

    private string UniqueStem(string item)
    {
        var stem = Path.ChangeExtension(item, null);
        return _itemOfStem.TryAdd(stem, item)
            ? stem
            : throw new ItemRejectedException(
                $"has the name of {_itemOfStem[stem]}, which is used; rename it if it is another recording");
    }

    /// <returns>The utterances, by id.</returns>
    internal IReadOnlyList<Utterance> WriteSegments(string folder)
    {
        var splits = new SplitAssignment(corpus.Split, _recordings.Select(entry => Names(entry.Stem, entry.Recording)));
        var utterances = _recordings.SelectMany(entry => CopySegments(entry.Stem, entry.Folder, entry.Recording, splits, folder))
            .OrderBy(utterance => utterance.Id, StringComparer.Ordinal).ToList();
        UtteranceIndex.Write(folder, utterances);
        return utterances;
    }

    private IEnumerable<Utterance> CopySegments(
        string stem, string source, Recording recording, SplitAssignment splits, string folder)
    {
        var segments = SegmentFile.ReadAll(source);
        var (id, speaker) = Names(stem, recording);
        foreach (var segment in segments)
        {
            var name = $"{stem}-{Path.GetFileNameWithoutExtension(segment.File)}";
            var target = Path.Combine(folder, name + ".flac");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(source, segment.File), target);
            yield return new Utterance
            {
                Id = $"{corpus.Name}/{name}",
                Corpus = corpus.Name,
                Speaker = recording.Speaker,
                Sex = recording.Sex,
                Language = recording.Language,
                Licence = recording.Licence,
                Transcript = segments.Count == 1 ? recording.Transcript : null,
                Split = splits.Of(id, speaker),
                Path = name + ".flac",
                Seconds = segment.Seconds,
            };
        }
    }

    private (string Id, string Speaker) Names(string stem, Recording recording) =>
        ($"{corpus.Name}/{stem}", $"{corpus.Name}/{recording.Speaker}");
}
