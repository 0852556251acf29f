using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class MelFilterbankTests
{
    private const double BinHertz = 24000.0 / 1024;
    private readonly MelFilterbank filterbank = new(Signals.Parameters);

    [TestCase(0, 0)]
    [TestCase(1000, 1000)]
    [TestCase(12000, 3266.4)]
    public void The_mel_scale_is_that_of_HTK(double hertz, double mel)
    {
        Assert.That(MelFilterbank.HertzToMel(hertz), Is.EqualTo(mel).Within(0.1));
        Assert.That(MelFilterbank.MelToHertz(MelFilterbank.HertzToMel(hertz)), Is.EqualTo(hertz).Within(1e-6));
    }

    [Test]
    public void Without_area_normalisation_neighbours_add_up_to_one_between_their_centres()
    {
        var sums = new float[513];
        filterbank.ApplyTransposed(Enumerable.Repeat(1f, 80).ToArray(), sums);
        var step = MelFilterbank.HertzToMel(12000) / 81;
        var first = (int)Math.Ceiling(MelFilterbank.MelToHertz(step) / BinHertz);
        var last = (int)Math.Floor(MelFilterbank.MelToHertz(80 * step) / BinHertz);
        Assert.That(sums[first..(last + 1)], Is.All.EqualTo(1f).Within(1e-5f));
    }

    [Test]
    public void The_transpose_is_the_adjoint()
    {
        var power = Signals.Noise(513.0 / 24000, 24000, 1, seed: 1);
        var mel = Signals.Noise(80.0 / 24000, 24000, 1, seed: 2);
        var applied = new float[80];
        var transposed = new float[513];
        filterbank.Apply(power, applied);
        filterbank.ApplyTransposed(mel, transposed);
        Assert.That(Dot(applied, mel), Is.EqualTo(Dot(power, transposed)).Within(1e-4));
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
