using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Up to which frequency a response holds anything, measured: a file may have been made from one of a lower sample rate, or the
/// sweep may have ended early. Of the first tenth of a second, parts of the spectrum count that come within 45 dB of speech's middle
/// and stand out of the noise at the response's end.
/// </summary>
internal static class BandLimit
{
    private const double Seconds = 0.1;
    private const double PartHertz = 250;
    private const double Depth = 45;
    private const double AboveNoise = 6;
    private const double TailShare = 0.1;

    /// <summary>Hertz, between which the median is what levels are compared with.</summary>
    private static readonly (double Low, double High) Middle = (500, 4000);

    /// <summary>Share of what the rate allows that counts as all of it: there, filters of converters begin to fall off.</summary>
    private const double Whole = 0.9;

    /// <returns>Hertz, at most the response's own.</returns>
    internal static double Of(ImpulseResponse response)
    {
        var early = response.Samples.AsSpan(0, Math.Min(response.Samples.Length, response.Direct + (int)(Seconds * response.SampleRate)));
        var levels = Levels(early, response.SampleRate);
        var noise = Levels(response.Samples.AsSpan()[^(int)(TailShare * response.Samples.Length)..], response.SampleRate);
        var middle = levels[(int)(Middle.Low / PartHertz)..(int)(Middle.High / PartHertz)].Order().ToArray();
        var least = middle[middle.Length / 2] - Depth;
        var last = levels.Length - 1;
        while (last > 0 && !(levels[last] >= least && levels[last] >= noise[last] + AboveNoise))
            last--;
        var limit = (last + 1) * PartHertz;
        return limit >= Whole * response.Bandwidth ? response.Bandwidth : limit;
    }

    /// <returns>Decibels of power per sample in each part, from 0 Hz on; the end of the samples fades out.</returns>
    private static double[] Levels(ReadOnlySpan<float> samples, int sampleRate)
    {
        var fft = new RealFft(FourierSize.AtLeast(Math.Max(samples.Length, (int)(8 * sampleRate / PartHertz))));
        var (padded, spectrum) = (new float[fft.Size], new ComplexFloat[fft.Bins]);
        samples.CopyTo(padded);
        FadeOut(padded.AsSpan(0, samples.Length));
        fft.Forward(padded, spectrum);
        var power = Array.ConvertAll(spectrum, bin => (double)bin.Power);
        var (bins, count) = (PartHertz * fft.Size / sampleRate, Math.Max(1, samples.Length));
        return [.. Enumerable.Range(0, (int)(sampleRate / 2 / PartHertz)).Select(part =>
        {
            var range = power.AsSpan((int)(part * bins)..(int)((part + 1) * bins));
            return 10 * Math.Log10(TensorPrimitives.Sum<double>(range) / range.Length / count + 1e-30);
        })];
    }

    private static void FadeOut(Span<float> samples)
    {
        var fade = samples.Length / 2;
        for (var n = 0; n < fade; n++)
            samples[^(n + 1)] *= (float)(0.5 - 0.5 * Math.Cos(Math.PI * (n + 0.5) / fade));
    }
}
