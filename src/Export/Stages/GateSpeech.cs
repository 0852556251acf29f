using Tmrvc.Contract;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Export;

/// <summary>Speech that no network was trained on, as gates try exported networks on it.</summary>
internal static class GateSpeech
{
    private const int Utterances = 10;

    /// <summary>The beginnings of ten validation utterances from all over the corpora; of what was trained on where there are none.</summary>
    /// <returns>As many of the frames as these have.</returns>
    /// <exception cref="InvalidDataException">There are fewer than ten frames.</exception>
    public static ParitySpeech Of(FeatureShards shards, StudentContracts contracts, int frames)
    {
        var parts = Parts(shards, frames).ToList();
        var total = parts.Sum(part => part.Frames);
        if (total < 10) throw new InvalidDataException($"Features: {total} frames of speech found, 10 or more are needed to compare networks.");
        var (mel, f0) = (new float[shards.Mels * total], new float[total]);
        var first = 0;
        foreach (var (utterance, count) in parts)
        {
            var length = shards.Utterances[utterance].Frames;
            for (var band = 0; band < shards.Mels; band++)
                shards.LogMel(utterance).Slice(band * length, count).CopyTo(mel.AsSpan(band * total + first));
            for (var frame = 0; frame < count; frame++) f0[first + frame] = MathF.Log(shards.F0(utterance)[frame] + 1);
            first += count;
        }
        return new ParitySpeech(contracts, mel, f0);
    }

    private static IEnumerable<(int Utterance, int Frames)> Parts(FeatureShards shards, int frames)
    {
        var held = shards.Of(Split.Validation).ToList();
        var all = held.Count > 0 ? held : [.. shards.Of(Split.Train)];
        var wanted = Math.Min(all.Count, Utterances);
        for (var n = 0; n < wanted && frames > 0; n++)
        {
            var utterance = all[(int)((long)n * all.Count / wanted)];
            var count = Math.Min((frames + wanted - n - 1) / (wanted - n), shards.Utterances[utterance].Frames);
            frames -= count;
            yield return (utterance, count);
        }
    }
}
