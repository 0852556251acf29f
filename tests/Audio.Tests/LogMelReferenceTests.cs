using System.Numerics;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

/// <summary>The definition of configs/constants.yaml in double precision, term by term.</summary>
public sealed class LogMelReferenceTests
{
    private const int Hop = 240, Window = 960, Size = 1024, Bins = 513, Bands = 80;

    private static readonly Complex[] Turns = [.. Enumerable.Range(0, Size).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / Size))];

    /// <summary>Below the clamp of mel statistics single precision has its noise: speech at 16 kHz leaves the highest bands empty.</summary>
    private const float Clamp = -11.5f;

    [Test]
    public void The_mel_of_speech_is_that_of_double_precision_within_a_ten_thousandth_above_the_clamp(
        [Values("allison-en", "carlo-it", "june-fr")] string voice) =>
        AssertReference(Speech.Prepared(voice).Samples[..36_000], Clamp);

    [Test]
    public void The_mel_of_noise_is_that_of_double_precision_within_a_ten_thousandth_in_every_band() =>
        AssertReference(Signals.Noise(1, 24000), -23);

    private static void AssertReference(float[] samples, float clamp)
    {
        var found = new LogMel(Signals.Parameters).Compute(samples);
        var frames = samples.Length / Hop;
        for (var frame = 0; frame < frames; frame += 5)
        {
            var expected = Column(samples, frame);
            for (var band = 0; band < Bands; band++)
                Assert.That(
                    Math.Max(found[band * frames + frame], clamp), Is.EqualTo(Math.Max(expected[band], clamp)).Within(1e-4), () => $"frame {frame}, band {band}");
        }
    }

    private static double[] Column(float[] samples, int frame)
    {
        var windowed = new double[Window];
        for (var n = 0; n < Window; n++)
            if (Hop * (frame + 1) - Window + n is var place and >= 0)
                windowed[n] = samples[place] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * n / Window));
        var power = Enumerable.Range(0, Bins).Select(bin => Power(windowed, bin)).ToArray();
        return [.. Enumerable.Range(0, Bands).Select(band =>
            Math.Log(Math.Max(Enumerable.Range(0, Bins).Sum(bin => Weight(band, bin * 24000.0 / Size) * power[bin]), 1e-10)))];
    }

    private static double Power(double[] windowed, int bin)
    {
        var sum = Complex.Zero;
        for (var n = 0; n < Window; n++)
            sum += windowed[n] * Turns[bin * n % Size];
        return sum.Real * sum.Real + sum.Imaginary * sum.Imaginary;
    }

    private static double Weight(int band, double hertz)
    {
        static double Edge(int index) => 700 * (Math.Pow(10, index * Math.Log10(1 + 12000 / 700.0) / (Bands + 1)) - 1);
        var (low, centre, high) = (Edge(band), Edge(band + 1), Edge(band + 2));
        return Math.Max(0, Math.Min((hertz - low) / (centre - low), (high - hertz) / (high - centre)));
    }
}
