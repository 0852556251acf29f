using System.Text.Json;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Shards;

/// <summary>Folders of features: the index of a corpus of LibriTTS-R's size without shards, and a few gigabytes of shards.</summary>
internal static class ManyUtterances
{
    public const int Count = 375_000;
    public const int Read = 2000;
    private const int Speakers = 2456, Mels = 80, Content = 768;

    /// <summary>A frame per 20 ms, as ContentVec has them.</summary>
    private static readonly ContentGrid ContentVecs = new(-1.125, 2);

    public static void WriteIndex(string folder)
    {
        if (Directory.Exists(folder))
            return;
        Directory.CreateDirectory(folder + ".partial");
        JsonLines.Write(Path.Combine(folder + ".partial", "utterances.jsonl"), Enumerable.Range(0, Count).Select(Entry));
        var speakers = Enumerable.Range(0, Speakers).ToDictionary(speaker => $"libritts_r/{speaker}", _ => Statistics());
        var index = new FeatureIndex { Mels = Mels, ContentDimension = Content, ContentGrid = ContentVecs, Speakers = speakers };
        File.WriteAllText(Path.Combine(folder + ".partial", "features.json"), JsonSerializer.Serialize(index, JsonLines.Options));
        Directory.Move(folder + ".partial", folder);
    }

    public static void WriteShards(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var random = new Random(1);
        var noise = Enumerable.Range(0, (Mels + Content + 1) * 1500).Select(_ => random.NextSingle() + 1).ToArray();
        FeatureFolders.Write(
            folder + ".partial", 64 << 20, Enumerable.Range(0, Read).Select(number => (Entry(number), Features(number, noise))), ContentVecs);
        Directory.Move(folder + ".partial", folder);
    }

    private static int FramesOf(int number) => 100 + (int)((uint)number * 2654435761u >> 12) % 1400;

    private static UtteranceFeatures Features(int number, float[] noise)
    {
        var frames = FramesOf(number);
        var kept = (frames + 1) / 2;
        return new(noise[..(Mels * frames)], noise[..(Content * kept)], noise[..frames]) { ContentFrames = kept };
    }

    private static SpeakerStatistics Statistics() => new()
    {
        ContentMean = new float[Content], ContentDeviation = [.. Enumerable.Repeat(1f, Content)],
        LogF0Mean = 5, LogF0Deviation = 1, Frames = 1, VoicedFrames = 1,
    };

    private static UtteranceEntry Entry(int number)
    {
        var (speaker, chapter) = (number % Speakers, 120_000 + number % 9973);
        var path = $"LibriTTS_R/train-other-500/{speaker}/{chapter}/{speaker}_{chapter}_{number / 100:000000}_{number:000000}-000";
        return new UtteranceEntry
        {
            Id = "libritts_r/" + path, Corpus = "libritts_r", Speaker = $"{speaker}", Language = "en", Licence = "CC-BY-4.0",
            Transcript = "He had never been known to say so many words together in his life, and they were all of them true.",
            Split = Split.Train, Audio = path + ".flac", Frames = FramesOf(number), Shard = $"shard-12-{speaker:x}.safetensors",
        };
    }
}
