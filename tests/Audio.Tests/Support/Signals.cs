namespace Tmrvc.Audio.Tests.Support;

/// <summary>Signals with known answers.</summary>
internal static class Signals
{
    internal static readonly SignalParameters Parameters = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    internal static float[] Tone(double hertz, double seconds, int sampleRate, double amplitude = 0.5) =>
        Generate(seconds, sampleRate, n => amplitude * Math.Sin(2 * Math.PI * hertz * n / sampleRate));

    /// <summary>Harmonics below 4 kHz, each <paramref name="tiltDb"/> weaker per octave, F0 given at each moment in seconds.</summary>
    internal static float[] Harmonics(Func<double, double> hertz, double seconds, double tiltDb = -9, int sampleRate = 24000)
    {
        var phase = 0.0;
        return Generate(seconds, sampleRate, n =>
        {
            var f0 = hertz((double)n / sampleRate);
            phase += 2 * Math.PI * f0 / sampleRate;
            var sum = 0.0;
            for (var k = 1; k * f0 < 4000; k++)
                sum += Math.Pow(10, tiltDb * Math.Log2(k) / 20) * Math.Sin(k * phase + k * k);
            return 0.1 * sum;
        });
    }

    internal static float[] Noise(double seconds, int sampleRate, double amplitude = 0.1, int seed = 7)
    {
        var random = new Random(seed);
        return Generate(seconds, sampleRate, _ => amplitude * (2 * random.NextDouble() - 1));
    }

    internal static float[] Silence(double seconds, int sampleRate) => new float[(int)Math.Round(seconds * sampleRate)];

    internal static float[] Sum(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    internal static double RootMeanSquare(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    /// <summary>Hertz of a tone, from its rising zero crossings.</summary>
    internal static double ToneFrequency(ReadOnlySpan<float> samples, int sampleRate)
    {
        double first = -1, last = -1;
        var periods = -1;
        for (var n = 1; n < samples.Length; n++)
        {
            if (samples[n - 1] >= 0 || samples[n] < 0)
                continue;
            last = n - samples[n] / (samples[n] - samples[n - 1]);
            first = periods++ < 0 ? last : first;
        }
        return periods * sampleRate / (last - first);
    }

    private static float[] Generate(double seconds, int sampleRate, Func<int, double> sample) =>
        [.. Enumerable.Range(0, (int)Math.Round(seconds * sampleRate)).Select(n => (float)sample(n))];
}
