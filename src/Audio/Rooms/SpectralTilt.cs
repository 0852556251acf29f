namespace Tmrvc.Audio;

/// <summary>
/// The slope of a band's level over octaves: a line by least squares through the levels of twelve parts that are equally wide in
/// log-frequency. The lowest band is taken from three octaves below its upper edge, the highest up to where converters and resamplers
/// begin to fall off.
/// </summary>
internal static class SpectralTilt
{
    private const int Parts = 12;
    private const double LowestOctaves = 3;

    /// <summary>Share of half the sample rate: soxr's high quality passes 0.913.</summary>
    private const double PassedShare = 0.91;

    /// <param name="power">[M/2 + 1] of the response, from 0 Hz to half the sample rate.</param>
    /// <returns>Decibels per octave.</returns>
    internal static double Of(ReadOnlySpan<double> power, Subbands bands, int band, int sampleRate)
    {
        var high = Math.Min(bands.Edges[band + 1], PassedShare * sampleRate / 2);
        var low = Math.Max(bands.Edges[band], high / Math.Pow(2, LowestOctaves));
        var binsPerHertz = 2.0 * (power.Length - 1) / sampleRate;
        var points = new List<(double Octave, double Level)>();
        for (var part = 0; part < Parts; part++)
        {
            var first = (int)Math.Ceiling(Edge(part) * binsPerHertz);
            var end = Math.Max(first + 1, (int)Math.Ceiling(Edge(part + 1) * binsPerHertz));
            var mean = System.Numerics.Tensors.TensorPrimitives.Sum(power[first..end]) / (end - first);
            points.Add((Math.Log2((first + end - 1) / 2.0), 10 * Math.Log10(mean + 1e-30)));
        }
        return LevelLine.Through(points).Slope;

        double Edge(int part) => low * Math.Pow(high / low, (double)part / Parts);
    }
}
