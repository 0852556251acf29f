using Tmrvc.Audio;
using Tmrvc.Corpora;

namespace Tmrvc.Training.Tests.Support;

/// <summary>Segments of made-up voices: gliding harmonics under a formant, two speakers.</summary>
public static class SyntheticVoices
{
    private const int SampleRate = 24000;

    /// <summary>Writes a folder of segments as preprocessing leaves it: six training and two validation utterances of each speaker.</summary>
    public static void Write(string folder)
    {
        var utterances = new[] { "ann", "ben" }.SelectMany((speaker, s) => Enumerable.Range(0, 8).Select(n => Write(folder, speaker, 110 + 90 * s, n)));
        UtteranceIndex.Write(folder, [.. utterances]);
    }

    private static Utterance Write(string folder, string speaker, double f0, int number)
    {
        var path = $"{speaker}-{number}.flac";
        var samples = Voice(f0, number, SampleRate * 3 / 10 + 100 * number);
        Directory.CreateDirectory(folder);
        AudioFile.WriteFlac16(Path.Combine(folder, path), new AudioBuffer(samples, SampleRate));
        return new Utterance
        {
            Id = $"voices/{speaker}-{number}",
            Corpus = "voices",
            Speaker = speaker,
            Language = "und",
            Licence = "CC0-1.0",
            Split = number < 6 ? Split.Train : Split.Validation,
            Path = path,
            Seconds = (double)samples.Length / SampleRate,
        };
    }

    private static float[] Voice(double f0, int seed, int count)
    {
        var (random, phase) = (new Random(seed), 0.0);
        return [.. Enumerable.Range(0, count).Select(n =>
        {
            phase += 2 * Math.PI * f0 * (1 + 0.1 * Math.Sin(n / 1500.0 + seed)) / SampleRate;
            return (float)(Enumerable.Range(1, 12).Sum(k => 0.1 / k * Math.Sin(k * phase)) + 0.002 * (random.NextDouble() - 0.5));
        })];
    }
}
