using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class ShelfFilterTests
{
    [TestCase(ShelfKind.Low, 300, 6, 40, 6)]
    [TestCase(ShelfKind.Low, 300, 6, 300, 3)]
    [TestCase(ShelfKind.Low, 300, 6, 6000, 0)]
    [TestCase(ShelfKind.Low, 300, -6, 40, -6)]
    [TestCase(ShelfKind.High, 3000, 6, 11000, 6)]
    [TestCase(ShelfKind.High, 3000, 6, 3000, 3)]
    [TestCase(ShelfKind.High, 3000, -4, 3000, -2)]
    [TestCase(ShelfKind.High, 3000, -4, 200, 0)]
    public void A_tone_gets_the_decibels_of_its_side(ShelfKind kind, double corner, double decibels, double hertz, double expected)
    {
        var tone = Signals.Tone(hertz, 1, 24000);
        var before = Signals.RootMeanSquare(tone.AsSpan(4000));

        new ShelfFilter(kind, corner, decibels, 24000).Apply(tone);

        Assert.That(20 * Math.Log10(Signals.RootMeanSquare(tone.AsSpan(4000)) / before), Is.EqualTo(expected).Within(0.15));
    }
}
