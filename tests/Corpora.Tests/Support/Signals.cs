using Tmrvc.Audio;

namespace Tmrvc.Corpora.Tests;

internal static class Signals
{
    internal static AudioBuffer Silence(
        double seconds, int sampleRate = 24000) => new(new float[(int)(seconds * sampleRate)], sampleRate);

    internal static AudioBuffer Tone(double seconds, double amplitude, int sampleRate = 24000) => new(
        [.. Enumerable.Range(0, (int)(seconds * sampleRate))
            .Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * 220 * i / sampleRate)))],
        sampleRate);

    internal static AudioBuffer Joined(params AudioBuffer[] parts) =>
        new([.. parts.SelectMany(part => part.Samples)], parts[0].SampleRate);

    /// <summary>16 bits at 24 kHz.</summary>
    internal static void WriteStereo(string path, float[] left, float[] right)
    {
        using var file = new BinaryWriter(File.Create(path));
        var bytes = 4 * left.Length;
        file.Write([.. "RIFF"u8, .. BitConverter.GetBytes(36 + bytes), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 2, 0]);
        file.Write([.. BitConverter.GetBytes(24000), .. BitConverter.GetBytes(96000), 4, 0, 16, 0, .. "data"u8, .. BitConverter.GetBytes(bytes)]);
        foreach (var (one, other) in left.Zip(right))
        {
            file.Write((short)(one * 32767));
            file.Write((short)(other * 32767));
        }
    }
}
