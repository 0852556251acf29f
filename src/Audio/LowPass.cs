namespace Tmrvc.Audio;

/// <summary>
/// Two running means in a row, −6 dB near 0.8 kHz and none at 1.85 kHz: keeps the harmonics that carry F0, drops the noise above
/// them. Causal, half a millisecond late.
/// </summary>
internal sealed class LowPass(int sampleRate)
{
    private const double NullHertz = 1850;

    private readonly RunningMean first = new(Math.Max(1, (int)Math.Round(sampleRate / NullHertz)));
    private readonly RunningMean second = new(Math.Max(1, (int)Math.Round(sampleRate / NullHertz)));

    /// <summary>Goes on where the last call ended.</summary>
    /// <param name="samples">[N]</param>
    /// <param name="filtered">[N]</param>
    internal void Filter(ReadOnlySpan<float> samples, Span<float> filtered)
    {
        for (var i = 0; i < samples.Length; i++)
            filtered[i] = second.Next(first.Next(samples[i]));
    }

    /// <summary>Back to silence.</summary>
    internal void Reset()
    {
        first.Reset();
        second.Reset();
    }

    private sealed class RunningMean(int length)
    {
        private readonly float[] latest = new float[length];
        private int oldest;
        private double sum;

        internal float Next(float sample)
        {
            sum += sample - (double)latest[oldest];
            latest[oldest] = sample;
            oldest = oldest + 1 == length ? 0 : oldest + 1;
            return (float)(sum / length);
        }

        internal void Reset()
        {
            Array.Clear(latest);
            (oldest, sum) = (0, 0);
        }
    }
}
