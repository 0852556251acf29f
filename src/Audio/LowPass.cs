namespace Tmrvc.Audio;

/// <summary>
/// Two running means in a row, −6 dB near 0.8 kHz and none at 1.85 kHz: keeps the harmonics that carry F0, drops the noise above
/// them. Causal, half a millisecond late.
/// </summary>
internal sealed class LowPass(int sampleRate)
{
    private const double NullHertz = 1850;

    private readonly int length = Math.Max(1, (int)Math.Round(sampleRate / NullHertz));

    /// <param name="samples">[N]</param>
    /// <param name="filtered">[N]</param>
    internal void Filter(ReadOnlySpan<float> samples, Span<float> filtered)
    {
        var once = new float[samples.Length];
        RunningMean(samples, once);
        RunningMean(once, filtered);
    }

    private void RunningMean(ReadOnlySpan<float> samples, Span<float> means)
    {
        var sum = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            sum += samples[i] - (i < length ? 0 : (double)samples[i - length]);
            means[i] = (float)(sum / length);
        }
    }
}
