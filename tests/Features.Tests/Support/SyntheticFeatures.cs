using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>A folder of shards of made-up utterances, each value telling its utterance, row and frame.</summary>
internal sealed class SyntheticFeatures : IDisposable
{
    internal const int Mels = 4;
    internal const int Content = 2;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("features").FullName;

    /// <param name="utterances">Id, speaker and frames.</param>
    internal static SyntheticFeatures Write(long shardBytes, params (string Id, string Speaker, int Frames)[] utterances) =>
        Write("made", shardBytes, utterances);

    internal static SyntheticFeatures Write(
        string corpus, long shardBytes, params (string Id, string Speaker, int Frames)[] utterances)
    {
        var features = new SyntheticFeatures();
        FeatureFolders.Write(features.Folder, shardBytes, utterances.Select((utterance, number) =>
            (Entry(corpus, utterance.Id, utterance.Speaker), Values(number, utterance.Frames))));
        return features;
    }

    internal static float Value(int utterance, int row, int frame) => 1000 * utterance + 100 * row + frame;

    internal static UtteranceFeatures Values(int utterance, int frames) => new(
        Rows(Mels, frames, (row, frame) => Value(utterance, row, frame)),
        Rows(Content, frames, (row, frame) => row + MathF.Sin(frame + utterance)),
        Rows(1, frames, (_, frame) => frame % 2 == 0 ? 0 : 100 + frame));

    private static float[] Rows(int rows, int frames, Func<int, int, float> value) =>
        [.. Enumerable.Range(0, rows * frames).Select(i => value(i / frames, i % frames))];

    private static UtteranceEntry Entry(string corpus, string id, string speaker) => new()
    {
        Id = $"{corpus}/{id}", Corpus = corpus, Speaker = speaker, Language = "en", Licence = "CC0-1.0",
        Split = id.StartsWith("val", StringComparison.Ordinal) ? Split.Validation : Split.Train, Audio = id + ".flac",
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
