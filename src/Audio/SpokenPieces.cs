using System.Numerics.Tensors;
using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>
/// The speech of a file, piece by piece: at the level of the training, which is measured over the whole file before speech is looked for, so that
/// a pause is not raised to speech; from the first sound of each piece to its last. Memory does not depend on the file's length.
/// </summary>
public static class SpokenPieces
{
    /// <param name="mostSeconds">Of a piece.</param>
    /// <exception cref="UnreadableAudioException">The file is no audio, damaged, or holds no samples.</exception>
    public static IEnumerable<SpokenAudio> Of(string path, int mostSeconds, Constants constants)
    {
        var gain = GainOf(path, constants);
        if (gain is null)
            yield break;
        var speech = new EnergyVad();
        using var stream = AudioFile.OpenAt(path, constants.SampleRate);
        for (float[] samples; (samples = stream.ReadAtMost(mostSeconds * constants.SampleRate)).Length > 0;)
        {
            TensorPrimitives.Multiply(samples, gain.Value, samples);
            var piece = new AudioBuffer(samples, constants.SampleRate);
            if (speech.SpeechRanges(piece) is [var first, ..] ranges)
                yield return new SpokenAudio(
                    piece.Slice(new SampleRange(first.Start, ranges[^1].End)), ranges.Sum(range => (double)(range.End - range.Start) / constants.SampleRate));
        }
    }

    /// <summary>To the level of the training, or as near as full scale allows; null for silence.</summary>
    private static float? GainOf(string path, Constants constants)
    {
        using var stream = AudioFile.OpenAt(path, constants.SampleRate);
        using var meter = new LevelMeter(constants.SampleRate);
        for (float[] samples; (samples = stream.ReadAtMost(constants.SampleRate)).Length > 0;)
            meter.Add(samples);
        return meter.GainTo(constants.LoudnessTarget);
    }
}

/// <param name="Audio">From the first sound to the last.</param>
/// <param name="SpeechSeconds">Of it, pauses left out.</param>
public sealed record SpokenAudio(AudioBuffer Audio, double SpeechSeconds);
