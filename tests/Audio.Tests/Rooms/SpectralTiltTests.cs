namespace Tmrvc.Audio.Tests.Rooms;

public sealed class SpectralTiltTests
{
    private readonly ImpulseResponseAnalysis analysis = new(Decays.Bands);

    /// <summary>
    /// The ripple of one decay is 4.3 dB per independent frequency, of which a band has width · time / 6.9. So a single narrow band strays
    /// by decibels per octave, whatever measures it; the mean over responses shows that nothing but that is wrong.
    /// </summary>
    [Test]
    public void The_slope_of_decaying_noise_is_found_as_nearly_as_its_ripple_allows([Values(-4, 2)] double tilt)
    {
        var found = Enumerable.Range(0, 12).Select(seed => analysis.Analyze(Decays.Response(Tilted(Decays.Noise(1.5, seed, direct: 0), tilt)))).ToList();

        for (var band = 0; band < 8; band++)
            Assert.That(found.Average(parameters => parameters.Tilt(band)), Is.EqualTo(tilt).Within(0.2 + 3 * Straying(band, found.Count)), () => $"band {band}");
        Assert.That(Straying(band: 3, found.Count), Is.LessThan(0.5));
    }

    [Test]
    public void The_slope_of_a_filtered_impulse_is_found_within_a_tenth([Values(-5, -2, 1, 4)] double tilt)
    {
        var power = new double[8193];
        for (var bin = 1; bin < power.Length; bin++)
            power[bin] = Math.Pow(bin, tilt / (10 * Math.Log10(2)));

        for (var band = 0; band < 8; band++)
            Assert.That(SpectralTilt.Of(power, Decays.Bands, band, 24000), Is.EqualTo(tilt).Within(0.1), () => $"band {band}");
    }

    /// <summary>Standard error of a line through the levels of 1.5 s of decaying noise in twelve parts of a band.</summary>
    private static double Straying(int band, int responses)
    {
        var (low, high) = (Math.Max(Decays.Bands.Edges[band], 47), Math.Min(Decays.Bands.Edges[band + 1], 10920));
        var part = Math.Log2(high / low) / 12;
        var places = Enumerable.Range(0, 12).Select(i => (i - 5.5) * part).ToArray();
        var variances = Enumerable.Range(0, 12).Select(i => 4.3 * 4.3 * 6.9 / (1.5 * responses * low * (Math.Pow(2, (i + 1) * part) - Math.Pow(2, i * part))));
        return Math.Sqrt(places.Zip(variances, (place, variance) => place * place * variance).Sum()) / places.Sum(place => place * place);
    }

    /// <summary>Multiplies the spectrum by a power of the frequency.</summary>
    private static float[] Tilted(float[] samples, double tilt)
    {
        var fft = new RealFft(131072);
        var (time, spectrum) = (new float[fft.Size], new ComplexFloat[fft.Bins]);
        samples.CopyTo(time, 0);
        fft.Forward(time, spectrum);
        for (var bin = 0; bin < spectrum.Length; bin++)
        {
            var gain = (float)(Math.Pow(Math.Max(bin, 50) / 5000.0, tilt / (20 * Math.Log10(2))) / fft.Size);
            spectrum[bin] = new ComplexFloat(gain * spectrum[bin].Real, gain * spectrum[bin].Imaginary);
        }
        fft.Inverse(spectrum, time);
        return time[..samples.Length];
    }
}
