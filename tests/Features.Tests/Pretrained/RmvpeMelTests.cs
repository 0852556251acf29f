using System.Numerics;
using Tmrvc.Audio;

namespace Tmrvc.Features.Tests;

public sealed class RmvpeMelTests
{
    private static float[] Speech(int samples) => Resampler.Resample(AudioFile.Read(MiniCorpus.English), RmvpeMel.SampleRate).Samples[..samples];

    [TestCase(16000)]
    [TestCase(700)]
    [TestCase(100)]
    public void It_is_that_of_the_definition_in_float64(int length)
    {
        var samples = Speech(length);
        var columns = RmvpeMel.Frames(length);
        var mel = new RmvpeMel().Compute(samples, columns);

        Assert.That(columns, Is.EqualTo(length / 160 + 1));
        foreach (var frame in new[] { 0, 1, columns / 2, columns - 1 }.Where(frame => frame < columns).Distinct())
        {
            var expected = Reference(samples, frame);
            for (var band = 0; band < RmvpeMel.Bands; band++)
                Assert.That(mel[band * columns + frame], Is.EqualTo(expected[band]).Within(1e-3), $"frame {frame}, band {band}");
        }
    }

    [Test]
    public void Columns_beyond_the_audio_are_zero_as_the_published_recipe_pads_them()
    {
        var mel = new RmvpeMel().Compute(Speech(3200), 32);

        for (var band = 0; band < RmvpeMel.Bands; band++)
            Assert.That(mel[(band * 32 + 21)..(band * 32 + 32)], Is.All.Zero);
        Assert.That(mel[20], Is.Not.Zero);
    }

    [Test]
    public void Silence_sits_at_the_floor() =>
        Assert.That(new RmvpeMel().Compute(new float[1600], 11), Is.All.EqualTo((float)Math.Log(1e-5)).Within(1e-5));

    /// <summary>Of the definition: mirrored ends, discrete Fourier sums, slaney-normalised HTK triangles over magnitudes.</summary>
    private static double[] Reference(float[] samples, int frame)
    {
        double At(int index)
        {
            while (index < 0 || index >= samples.Length)
                index = index < 0 ? -index : 2 * (samples.Length - 1) - index;
            return samples[index];
        }

        var windowed = Enumerable.Range(0, 1024).Select(n => At(frame * 160 + n - 512) * (0.5 - 0.5 * Math.Cos(2 * Math.PI * n / 1024))).ToArray();
        var magnitudes = Enumerable.Range(0, 513).Select(bin => windowed
            .Select((value, n) => value * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)bin * n % 1024) / 1024))
            .Aggregate(Complex.Add).Magnitude).ToArray();
        double[] edges = [.. Enumerable.Range(0, 130).Select(i => Hertz(Mel(30) + i * (Mel(8000) - Mel(30)) / 129))];
        return [.. Enumerable.Range(0, 128).Select(band => Math.Log(Math.Max(1e-5, magnitudes
            .Select((magnitude, bin) => magnitude * Triangle(bin * 16000.0 / 1024, edges[band], edges[band + 1], edges[band + 2])).Sum())))];
    }

    private static double Triangle(double hertz, double low, double centre, double high) =>
        Math.Max(0, Math.Min((hertz - low) / (centre - low), (high - hertz) / (high - centre))) * 2 / (high - low);

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
