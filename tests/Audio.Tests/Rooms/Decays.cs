using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests.Rooms;

/// <summary>Made-up impulse responses with known answers: 24 kHz, the direct sound at sample 60.</summary>
internal static class Decays
{
    internal const int SampleRate = 24000;
    internal const int Direct = 60;

    internal static readonly Subbands Bands = new([0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000]);

    internal static ImpulseResponse Response(float[] samples, double bandwidth = SampleRate / 2) => new(samples, SampleRate, Direct, bandwidth);

    /// <summary>A direct sound of the given amplitude; after it Gaussian noise that decays by 60 dB in <paramref name="seconds"/>.</summary>
    internal static float[] Noise(double seconds, int seed, double direct = 5, double lasting = 1.2)
    {
        var random = new Random(seed);
        var samples = Decay(seconds, lasting, _ => Gaussian(random));
        samples[Direct] = (float)direct;
        return samples;
    }

    /// <summary>A tone that decays by 60 dB in <paramref name="seconds"/>: its decay is exact.</summary>
    internal static float[] Tone(double hertz, double seconds, double lasting = 1.2) =>
        Decay(seconds, lasting, n => Math.Sin(2 * Math.PI * hertz * n / SampleRate));

    /// <summary>Adds Gaussian noise of one power everywhere, relative to full scale.</summary>
    internal static float[] WithNoise(float[] samples, double decibels, int seed, double seconds)
    {
        var random = new Random(seed);
        var longer = new float[samples.Length + (int)(seconds * SampleRate)];
        samples.CopyTo(longer, 0);
        for (var n = 0; n < longer.Length; n++)
            longer[n] += (float)(Math.Pow(10, decibels / 20) * Gaussian(random));
        return longer;
    }

    internal static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static float[] Decay(double seconds, double lasting, Func<int, double> carrier)
    {
        var samples = new float[Direct + (int)(seconds * lasting * SampleRate)];
        for (var n = 0; n < samples.Length - Direct; n++)
            samples[Direct + n] = (float)(Math.Pow(10, -3 * n / (seconds * SampleRate)) * carrier(n));
        return samples;
    }
}
