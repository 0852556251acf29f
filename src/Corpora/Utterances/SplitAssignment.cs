using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.Corpora;

/// <summary>
/// Gives each utterance its split by the SHA-256 of its id, so that adding or removing others never moves it. Held-out speakers
/// are chosen the same way by the hash of their name.
/// </summary>
public sealed class SplitAssignment(SplitSettings settings, int speakers)
{
    private readonly double _heldOut = speakers >= settings.HeldOutFromSpeakers ? settings.HeldOutSpeakerShare : 0;

    /// <param name="recordingId">The recording's id: segments of one recording stay together.</param>
    /// <param name="speaker">Corpus and speaker.</param>
    public Split Of(string recordingId, string speaker)
    {
        if (Unit("speaker", speaker) < _heldOut)
            return Split.Test;
        var unit = Unit("utterance", recordingId);
        return unit < settings.TestShare ? Split.Test
            : unit < settings.TestShare + settings.ValidationShare ? Split.Validation
            : Split.Train;
    }

    /// <summary>Uniform in [0, 1) over names.</summary>
    private static double Unit(string kind, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
