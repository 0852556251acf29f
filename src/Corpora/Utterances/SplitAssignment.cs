using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.Corpora;

/// <summary>
/// Gives each recording its split by the SHA-256 of its id, whatever else the corpus holds, with two exceptions. Of a speaker whose share of
/// the validation is less than a recording, the one nearest to it stands in, until one that is nearer is added. And speakers are held out,
/// by the SHA-256 of their names, only in a corpus that has enough of them: the one that makes it enough moves their recordings to the test.
/// </summary>
public sealed class SplitAssignment
{
    private readonly SplitSettings _settings;
    private readonly double _heldOut;
    private readonly HashSet<string> _nearestToValidation;

    /// <param name="recordings">All of the corpus. Its id: segments of one recording stay together. Its speaker: corpus and speaker.</param>
    public SplitAssignment(SplitSettings settings, IEnumerable<(string Id, string Speaker)> recordings)
    {
        var speakers = recordings.ToLookup(recording => recording.Speaker, recording => recording.Id);
        _settings = settings;
        _heldOut = speakers.Count >= settings.HeldOutFromSpeakers ? settings.HeldOutSpeakerShare : 0;
        _nearestToValidation =
        [
            .. speakers.Select(speaker => speaker.Where(id => Unit("utterance", id) >= settings.TestShare).ToList())
                .Where(ids => ids.Count >= settings.ValidationFromRecordings)
                .Select(ids => ids.MinBy(id => Unit("utterance", id))!),
        ];
    }

    /// <param name="id">The recording's.</param>
    /// <param name="speaker">Corpus and speaker.</param>
    public Split Of(string id, string speaker)
    {
        if (Unit("speaker", speaker) < _heldOut)
            return Split.Test;
        var unit = Unit("utterance", id);
        return unit < _settings.TestShare ? Split.Test
            : unit < _settings.TestShare + _settings.ValidationShare || _nearestToValidation.Contains(id) ? Split.Validation
            : Split.Train;
    }

    /// <summary>Uniform in [0, 1) over names.</summary>
    private static double Unit(string kind, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
