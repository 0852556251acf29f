using FsCheck;
using FsCheck.Fluent;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class RealFftTests
{
    [FsCheck.NUnit.Property(MaxTest = 50)]
    public Property Forward_is_the_sum_that_defines_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>().Filter(seed => seed >= 0), Gen.Elements(2, 6, 10, 64, 90).ToArbitrary(), (seed, size) =>
        {
            var time = Signals.Noise((double)size / 24000, 24000, amplitude: 1, seed);
            var spectrum = new ComplexFloat[size / 2 + 1];
            new RealFft(size).Forward(time, spectrum);
            return spectrum.Index().All(bin => IsNear(bin.Item, Sum(time, bin.Index)));
        });

    [TestCase(8)]
    [TestCase(1024)]
    [TestCase(1440)]
    public void Inverse_undoes_forward_up_to_the_factor_N(int size)
    {
        var time = Signals.Noise((double)size / 24000, 24000, amplitude: 1);
        var fft = new RealFft(size);
        var spectrum = new ComplexFloat[fft.Bins];
        var back = new float[size];
        fft.Forward(time, spectrum);
        fft.Inverse(spectrum, back);
        Assert.That(back.Select(value => value / size), Is.EqualTo(time).Within(1e-5f));
    }

    [TestCase(0)]
    [TestCase(7)]
    public void An_odd_or_empty_size_is_refused(int size)
    {
        Assert.That(() => new RealFft(size), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("even"));
    }

    [Test]
    public void Buffers_that_are_too_short_are_refused_with_what_is_needed()
    {
        Assert.That(() => new RealFft(8).Forward(new float[7], new ComplexFloat[5]), Throws.ArgumentException.With.Message.Contains("8 and 5 are needed"));
    }

    private static (double Real, double Imaginary) Sum(float[] time, int bin) => (
        time.Index().Sum(sample => sample.Item * Math.Cos(2 * Math.PI * bin * sample.Index / time.Length)),
        time.Index().Sum(sample => -sample.Item * Math.Sin(2 * Math.PI * bin * sample.Index / time.Length)));

    private static bool IsNear(ComplexFloat found, (double Real, double Imaginary) expected) =>
        Math.Abs(found.Real - expected.Real) < 1e-4 && Math.Abs(found.Imaginary - expected.Imaginary) < 1e-4;
}
