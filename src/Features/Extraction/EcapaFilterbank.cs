using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// The filterbank that SpeechBrain's ECAPA-TDNN was trained on: frame k is centred on sample 160·k at 16 kHz, zeros around the audio;
/// power under a periodic Hamming window of 400; 80 HTK bands from 0 to 8000 Hz; decibels, at most 80 below the loudest; less each
/// band's mean over time. One instance per thread.
/// </summary>
public sealed class EcapaFilterbank
{
    /// <summary>Hertz.</summary>
    public const int SampleRate = 16000;

    public const int Bands = 80;

    private const int Hop = 160;
    private const int Window = 400;
    private const float Floor = 1e-10f;
    private const float RangeDb = 80;

    private readonly RealFft _fft = new(Window);
    private readonly float[] _window = [.. Enumerable.Range(0, Window).Select(n => (float)(0.54 - 0.46 * Math.Cos(2 * Math.PI * n / Window)))];
    private readonly float[][] _triangles = [.. Enumerable.Range(0, Bands).Select(Triangle)];
    private readonly float[] _frame = new float[Window];
    private readonly ComplexFloat[] _spectrum = new ComplexFloat[Window / 2 + 1];

    /// <param name="samples">[N] at 16 kHz.</param>
    /// <returns>[T, 80], row-major, T = floor(N/160) + 1.</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var padded = new float[samples.Length + Window];
        samples.CopyTo(padded.AsSpan(Window / 2));
        var levels = new float[(samples.Length / Hop + 1) * Bands];
        for (var frame = 0; frame * Bands < levels.Length; frame++)
            Levels(padded.AsSpan(frame * Hop, Window), levels.AsSpan(frame * Bands, Bands));
        Limit(levels);
        Centre(levels);
        return levels;
    }

    private void Levels(ReadOnlySpan<float> samples, Span<float> levels)
    {
        for (var n = 0; n < Window; n++)
            _frame[n] = samples[n] * _window[n];
        _fft.Forward(_frame, _spectrum);
        for (var band = 0; band < Bands; band++)
        {
            var power = 0f;
            for (var bin = 0; bin < _spectrum.Length; bin++)
                power += _triangles[band][bin] * _spectrum[bin].Power;
            levels[band] = 10 * MathF.Log10(MathF.Max(power, Floor));
        }
    }

    private static void Limit(float[] levels)
    {
        var lowest = levels.Max() - RangeDb;
        for (var i = 0; i < levels.Length; i++)
            levels[i] = MathF.Max(levels[i], lowest);
    }

    private static void Centre(float[] levels)
    {
        for (var band = 0; band < Bands; band++)
        {
            var mean = 0.0;
            for (var i = band; i < levels.Length; i += Bands)
                mean += levels[i];
            mean /= levels.Length / Bands;
            for (var i = band; i < levels.Length; i += Bands)
                levels[i] -= (float)mean;
        }
    }

    /// <summary>Both sides are as wide as the left one of usual triangles; the network learnt them so.</summary>
    private static float[] Triangle(int band)
    {
        var step = MelFilterbank.HertzToMel(SampleRate / 2.0) / (Bands + 1);
        var (low, centre) = (MelFilterbank.MelToHertz(band * step), MelFilterbank.MelToHertz((band + 1) * step));
        return [.. Enumerable.Range(0, Window / 2 + 1)
            .Select(bin => (float)Math.Max(0, 1 - Math.Abs((double)bin * SampleRate / Window - centre) / (centre - low)))];
    }
}
