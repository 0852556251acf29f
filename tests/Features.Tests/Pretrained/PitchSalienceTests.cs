using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Features.Tests;

public sealed class PitchSalienceTests
{
    private static float[] Salience(params (int Bin, float Value)[] bins)
    {
        var salience = new float[PitchSalience.Bins];
        foreach (var (bin, value) in bins)
            salience[bin] = value;
        return salience;
    }

    /// <summary>10·2^(1997.3794…/1200) = 31.70 Hz, the lowest pitch; 20 cents a bin.</summary>
    [TestCase(0, 31.70)]
    [TestCase(60, 63.40)]
    [TestCase(228, 441.6)]
    [TestCase(359, 2005.5)]
    public void A_single_peak_is_its_bins_frequency(int bin, double hertz) =>
        Assert.That(PitchSalience.Decode(Salience((bin, 0.9f)), 0.03), Is.EqualTo(hertz).Within(0.05).Percent);

    [Test]
    public void The_mean_is_taken_of_nine_bins_and_no_more()
    {
        var salience = Salience((200, 0.6f), (204, 0.2f), (205, 0.5f), (10, 0.5f));

        var cents = (0.6 * PitchSalience.Cents(200) + 0.2 * PitchSalience.Cents(204)) / 0.8;
        Assert.That(PitchSalience.Decode(salience, 0.03), Is.EqualTo(10 * Math.Pow(2, cents / 1200)).Within(1e-3));
    }

    [TestCase(0.029f)]
    [TestCase(0f)]
    public void At_or_below_the_threshold_a_frame_is_unvoiced(float peak) =>
        Assert.That(PitchSalience.Decode(Salience((100, peak)), 0.03), Is.Zero);

    [Test]
    public void Salience_that_is_no_number_gives_no_F0()
    {
        var salience = Salience((100, 0.9f));
        salience[200] = float.NaN;
        Assert.That(PitchSalience.Decode(salience, 0.03), Is.NaN);
    }

    [FsCheck.NUnit.Property]
    public Property F0_lies_within_four_bins_of_the_peak() => Prop.ForAll(Gen.Choose(1, 1000).ArrayOf(PitchSalience.Bins).ToArbitrary(), counts =>
    {
        float[] salience = [.. counts.Select(count => count / 1000f)];
        var cents = 1200 * Math.Log2(PitchSalience.Decode(salience, 0) / 10.0);
        return Math.Abs(cents - PitchSalience.Cents(Array.IndexOf(salience, salience.Max()))) <= 80.1;
    });
}
