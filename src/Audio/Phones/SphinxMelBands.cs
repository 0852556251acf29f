namespace Tmrvc.Audio;

/// <summary>Triangles of unit area, evenly spaced in mel, their corners rounded to bins of the spectrum.</summary>
internal sealed class SphinxMelBands
{
    private readonly (int First, float[] Weights)[] _bands;

    internal SphinxMelBands(SphinxFrontEndSettings settings)
    {
        var binHertz = (double)settings.SampleRate / settings.FftSize;
        var (low, high) = (Mel(settings.LowestHertz), Mel(settings.HighestHertz));
        double[] corners =
        [
            .. Enumerable.Range(0, settings.Filters + 2)
                .Select(corner => Hertz(low + corner * (high - low) / (settings.Filters + 1)))
                .Select(hertz => Math.Floor(hertz / binHertz + 0.5) * binHertz),
        ];
        _bands = [.. Enumerable.Range(0, settings.Filters).Select(band => Band(corners.AsSpan(band, 3), binHertz))];
    }

    /// <param name="power">[257]</param>
    /// <param name="bands">[25]</param>
    internal void Apply(ReadOnlySpan<float> power, Span<float> bands)
    {
        for (var band = 0; band < _bands.Length; band++)
        {
            var (first, weights) = _bands[band];
            var sum = 0f;
            for (var i = 0; i < weights.Length; i++)
                sum += power[first + i] * weights[i];
            bands[band] = sum;
        }
    }

    private static (int First, float[] Weights) Band(ReadOnlySpan<double> corners, double binHertz)
    {
        var (low, middle, high) = (corners[0], corners[1], corners[2]);
        var first = (int)Math.Round(low / binHertz);
        var weights = new float[(int)Math.Round(high / binHertz) - first];
        for (var i = 0; i < weights.Length; i++)
        {
            var hertz = (first + i) * binHertz;
            var height = Math.Min((hertz - low) / (middle - low), (high - hertz) / (high - middle));
            weights[i] = (float)(height * 2 / (high - low));
        }
        return (first, weights);
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
