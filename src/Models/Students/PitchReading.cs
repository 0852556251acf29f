namespace Tmrvc.Models;

/// <summary>
/// Reads the pitch off features: of a row of pitches, 96 to the octave, the one whose ripple they show most of. What is smooth in them, formants
/// included, counts nothing. The pitch is one of few, so rounding does not move it, and the advance of a period per hop is a whole
/// number of steps of a turn, so its sum stays exact over hours.
/// </summary>
public sealed class PitchReading
{
    private const double LowestHertz = 55;
    private const double Octaves = 3.4;
    private const int PerOctave = 96;
    private const double HighestBinHertz = 4000;
    private const double SmoothSeconds = 1.05e-3;
    private const double SmallestResponse = 1e-3;
    private const double LowerIsLikelier = 0.02;
    private const int Steps = 1 << 16;

    public PitchReading(StudentArchitecture architecture)
    {
        Hertz = [.. Enumerable.Range(0, (int)(Octaves * PerOctave)).Select(n => (float)(LowestHertz * Math.Pow(2, (double)n / PerOctave)))];
        var hop = (double)architecture.HopLength / architecture.SampleRate;
        Advance = [.. Hertz.Select(hertz => (float)(Math.Round(hertz * hop * Steps) % Steps / Steps))];
        Bins = Math.Min(architecture.Features, (int)Math.Ceiling(HighestBinHertz / HarmonicComb.HertzOf(architecture, 1)));
        double[] bins = [.. Enumerable.Range(0, Bins).Select(bin => HarmonicComb.HertzOf(architecture, bin))];
        var smooth = Smooth(bins);
        Responses = [.. Hertz.SelectMany(hertz => Response(hertz, bins, smooth))];
        Bias = [.. Hertz.Select((_, n) => (float)(-LowerIsLikelier * n / PerOctave))];
    }

    /// <summary>The pitches, from low to high.</summary>
    public float[] Hertz { get; }

    /// <summary>Of each pitch, turns that its period moves on in a hop, whole ones left out, in 65536ths.</summary>
    public float[] Advance { get; }

    /// <summary>The lowest of the features, which are read.</summary>
    public int Bins { get; }

    /// <summary>[pitches · <see cref="Bins"/>]: times the features, the depth of each pitch's ripple.</summary>
    public float[] Responses { get; }

    /// <summary>Added to the depths, so that the lower of two equal ones is taken.</summary>
    public float[] Bias { get; }

    private static IEnumerable<float> Response(double hertz, double[] bins, List<double[]> smooth)
    {
        double[] ripple = [.. bins.Select(bin => Math.Cos(2 * Math.PI * bin / hertz))];
        foreach (var basis in smooth) TakeOff(ripple, basis, bins);
        var response = Math.Max(Product(ripple, ripple, bins), SmallestResponse);
        return ripple.Select((value, n) => (float)(value * Weight(bins[n]) / response));
    }

    /// <summary>What envelopes are made of, orthonormal under the weights.</summary>
    private static List<double[]> Smooth(double[] bins)
    {
        var found = new List<double[]>();
        for (var n = 0; n / (2 * HighestBinHertz) <= SmoothSeconds; n++)
        {
            double[] basis = [.. bins.Select(bin => Math.Cos(Math.PI * n * bin / HighestBinHertz))];
            foreach (var earlier in found) TakeOff(basis, earlier, bins);
            var power = Product(basis, basis, bins);
            if (power > SmallestResponse) found.Add([.. basis.Select(value => value / Math.Sqrt(power))]);
        }
        return found;
    }

    private static void TakeOff(double[] values, double[] basis, double[] bins)
    {
        var share = Product(values, basis, bins);
        for (var n = 0; n < values.Length; n++) values[n] -= share * basis[n];
    }

    private static double Product(double[] a, double[] b, double[] bins) => a.Select((value, n) => value * b[n] * Weight(bins[n])).Sum();

    private static double Weight(double hertz) => Math.Max(0, 1 + Math.Cos(Math.PI * hertz / HighestBinHertz)) / 2;
}
