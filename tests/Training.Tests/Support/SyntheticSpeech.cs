using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Training.Tests.Support;

/// <summary>
/// Features of made-up speech with a rule behind them: the content says where the spectrum's peak is, the speaker how it tilts, the
/// voiced flag how loud it is. A network that can learn at all learns this.
/// </summary>
public static class SyntheticSpeech
{
    public const int Mels = 80;
    public const int Content = 8;
    private static readonly string[] Speakers = ["ann", "ben", "cat"];

    /// <summary>Writes a folder that <see cref="FeatureShards.Open"/> reads: eight training and two validation utterances of each speaker.</summary>
    /// <param name="embedding">Of a speaker, counted from 0: put among the features of each utterance.</param>
    /// <param name="speakers">Up to three.</param>
    public static void Write(string folder, Func<int, float[]>? embedding = null, string corpus = "made-up", int speakers = 3)
    {
        var utterances =
            from speaker in Enumerable.Range(0, speakers)
            from number in Enumerable.Range(0, 10)
            select (Entry(corpus, Speakers[speaker], number), Make(speaker, seed: 100 * speaker + number) with { Speaker = embedding?.Invoke(speaker) });
        FeatureFolders.Write(folder, shardBytes: 1 << 20, utterances);
    }

    private static UtteranceEntry Entry(string corpus, string speaker, int number) => new()
    {
        Id = $"{corpus}/{speaker}/{number:D2}",
        Corpus = corpus,
        Speaker = speaker,
        Language = "und",
        Licence = "CC0-1.0",
        Split = number < 8 ? Split.Train : Split.Validation,
        Audio = $"{speaker}/{number:D2}.flac",
    };

    private static UtteranceFeatures Make(int speaker, int seed)
    {
        var random = new Random(seed);
        var frames = random.Next(56, 80);
        var (logMel, content, f0) = (new float[Mels * frames], new float[Content * frames], new float[frames]);
        var phone = 0;
        for (var t = 0; t < frames; t++)
        {
            if (t % 8 == 0) phone = random.Next(Content);
            content[phone * frames + t] = 1;
            f0[t] = phone % 2 == 0 ? 100 + 40 * speaker : 0;
            for (var band = 0; band < Mels; band++)
                logMel[band * frames + t] = Level(band, phone, speaker) + 0.2f * (float)random.NextDouble();
        }
        return new UtteranceFeatures(logMel, content, f0);
    }

    private static float Level(int band, int phone, int speaker) =>
        -4 + 4 * MathF.Exp(-MathF.Pow((band - 9 * phone - 8) / 6f, 2)) + (phone % 2 == 0 ? 1 : -1) + (speaker - 1) * (band - 40) / 30f;
}
