using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>
/// The octave bands in which walls and air absorb, 125 Hz to 8 kHz. Between two centres a gain goes over from one to the other
/// along a raised cosine in log-frequency; beyond the outer centres it stays.
/// </summary>
public static class OctaveBands
{
    /// <summary>Bands that are computed with at once; the last one here is a copy of the highest.</summary>
    internal const int Lanes = 8;

    /// <summary>Hertz.</summary>
    public static IReadOnlyList<double> Centres { get; } = [125, 250, 500, 1000, 2000, 4000, 8000];

    internal static Vector256<float> Vector(Func<int, double> gain) =>
        Vector256.Create([.. Enumerable.Range(0, Lanes).Select(lane => (float)gain(Math.Min(lane, Centres.Count - 1)))]);

    /// <summary>Joins the responses of the bands to one.</summary>
    /// <param name="perBand">[N, 8], for each sample its value in each band.</param>
    /// <param name="lowest">Hertz below which the response falls off by 12 dB per octave.</param>
    /// <returns>[N]</returns>
    internal static float[] Join(ReadOnlySpan<Vector256<float>> perBand, int sampleRate, double lowest)
    {
        var fft = new RealFft(FourierSize.AtLeast(perBand.Length + sampleRate / 8));
        var (samples, spectrum, sum) = (new float[fft.Size], new ComplexFloat[fft.Bins], new ComplexFloat[fft.Bins]);
        for (var band = 0; band < Centres.Count; band++)
        {
            for (var n = 0; n < perBand.Length; n++)
                samples[n] = perBand[n][band];
            samples.AsSpan(perBand.Length).Clear();
            fft.Forward(samples, spectrum);
            for (var bin = 0; bin < sum.Length; bin++)
                sum[bin] = Added(sum[bin], spectrum[bin], Weight(band, bin, (double)sampleRate / fft.Size, lowest));
        }
        fft.Inverse(sum, samples);
        return [.. samples.Take(perBand.Length).Select(value => value / fft.Size)];
    }

    private static ComplexFloat Added(ComplexFloat sum, ComplexFloat value, float weight) =>
        new(sum.Real + weight * value.Real, sum.Imaginary + weight * value.Imaginary);

    private static float Weight(int band, int bin, double hertzPerBin, double lowest)
    {
        if (bin == 0)
            return 0;
        var hertz = bin * hertzPerBin;
        var octaves = Math.Clamp(Math.Log2(hertz / Centres[0]), 0, Centres.Count - 1) - band;
        var share = Math.Abs(octaves) >= 1 ? 0 : 0.5 + 0.5 * Math.Cos(Math.PI * octaves);
        return (float)(share / (1 + Math.Pow(lowest / hertz, 2)));
    }
}
