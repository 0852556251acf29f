using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>What the teacher is asked for.</summary>
/// <param name="Utterance">Whose content is spoken.</param>
/// <param name="Target">Whose voice is wanted; null for its own.</param>
/// <param name="IsShown">Whether its sound and picture are left beside its figures.</param>
public sealed record AskedSample(int Utterance, int? Target, bool IsShown)
{
    /// <summary>Whether no training heard the voice that is wanted.</summary>
    public bool IsUnheard { get; init; }
}

/// <summary>
/// Whose voices are evaluated and on which validation utterances: bounded in number, spread evenly over corpora and ids, the same in every
/// run over the same features.
/// </summary>
public sealed class EvaluationPlan
{
    private readonly SpeakerIndex _index;
    private readonly TeacherEvaluationSettings _settings;
    private readonly Dictionary<int, Sex?> _sexes;

    public EvaluationPlan(SpeakerIndex index, TeacherEvaluationSettings settings)
    {
        (_index, _settings) = (index, settings);
        var all = Enumerable.Range(0, index.Shards.Speakers.Count).ToList();
        Speakers = OverCorpora([.. all.Where(speaker => Long(index.Of(speaker, Split.Validation)).Any())], settings.Speakers);
        Unheard = OverCorpora([.. all.Where(speaker => index.IsUnheard(speaker) && Long(index.HeldOut(speaker)).Any())], settings.UnheardSpeakers);
        _sexes = Speakers.ToDictionary(speaker => speaker, speaker => First(speaker).Sex);
        Reconstructions = [.. Speakers.SelectMany(speaker => Chosen(speaker).Select(utterance => new AskedSample(utterance, null, IsShown: true)))];
        Conversions = [.. Speakers.SelectMany(ToOthers)];
        ToUnheard = Speakers.Count == 0 ? [] : [.. Unheard.Select(
            (voice, i) => new AskedSample(Chosen(Speakers[i % Speakers.Count])[0], voice, IsShown: i < 4) { IsUnheard = true })];
    }

    /// <summary>Speakers of the training who have a validation utterance that is long enough.</summary>
    public IReadOnlyList<int> Speakers { get; }

    /// <summary>Speakers whom no training heard.</summary>
    public IReadOnlyList<int> Unheard { get; }

    public IReadOnlyList<AskedSample> Reconstructions { get; }

    /// <summary>Each speaker's first utterance in the voices of others; none where there is one speaker.</summary>
    public IReadOnlyList<AskedSample> Conversions { get; }

    public IReadOnlyList<AskedSample> ToUnheard { get; }

    /// <summary>Of the speaker whose content is spoken, among <see cref="Speakers"/>.</summary>
    internal int PlaceOf(AskedSample asked) => Speakers.Index().First(speaker => speaker.Item == _index.Shards.SpeakerOf(asked.Utterance)).Index;

    /// <summary>Recordings that speech in the voice is compared with.</summary>
    public IReadOnlyList<int> References(int speaker) => Spread.Evenly([.. Long(_index.HeldOut(speaker))], _settings.References);

    /// <summary>Recordings that the voice is known by.</summary>
    public IReadOnlyList<int> Known(int speaker, int count) => Spread.Evenly([.. Long(_index.Known(speaker))], count);

    /// <summary>Over the whole validation split.</summary>
    public IReadOnlyList<int> Overall => Spread.Evenly([.. _index.Shards.Of(Split.Validation)], _settings.LossUtterances);

    private IReadOnlyList<int> Chosen(int speaker) => Spread.Evenly([.. Long(_index.Of(speaker, Split.Validation))], _settings.UtterancesPerSpeaker);

    private IEnumerable<AskedSample> ToOthers(int speaker, int place)
    {
        var utterance = Chosen(speaker)[0];
        return Targets(speaker, place).Take(_settings.Targets).Select((target, i) => new AskedSample(utterance, target, IsShown: i == 0));
    }

    /// <summary>The others, in turns of another sex or the same, of another corpus or the same, each kind in the order after the speaker.</summary>
    private IEnumerable<int> Targets(int speaker, int place) => Enumerable.Range(1, Speakers.Count - 1)
        .Select(step => Speakers[(place + step) % Speakers.Count])
        .GroupBy(other => (SameSex: _sexes[other] == _sexes[speaker], SameCorpus: First(other).Corpus == First(speaker).Corpus))
        .SelectMany(kind => kind.Select((other, turn) => (other, turn, kind.Key)))
        .OrderBy(candidate => (candidate.turn, candidate.Key.SameSex, candidate.Key.SameCorpus))
        .Select(candidate => candidate.other);

    private IReadOnlyList<int> OverCorpora(IReadOnlyList<int> speakers, int count) => Spread.OverGroups(speakers, count, speaker => First(speaker).Corpus);

    private UtteranceEntry First(int speaker) => _index.Shards.Utterances[_index.Known(speaker).Concat(_index.HeldOut(speaker)).First()];

    private IEnumerable<int> Long(IReadOnlyList<int> utterances) =>
        utterances.Where(utterance => _index.Shards.Utterances[utterance].Frames >= _settings.ShortestSample);
}
