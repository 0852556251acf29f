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
}
