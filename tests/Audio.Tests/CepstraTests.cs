namespace Tmrvc.Audio.Tests;

public sealed class CepstraTests
{
    private const int Frames = 9;
    private readonly Cepstra cepstra = new(80);

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(19)]
    public void A_cosine_over_the_bands_is_one_coefficient(int order)
    {
        var scale = Math.Sqrt((order == 0 ? 1.0 : 2.0) / 80);
        var found = cepstra.Compute(Rows((band, _) => 5 * scale * Math.Cos(Math.PI * order * (band + 0.5) / 80)));
        for (var row = 0; row < cepstra.Dimension; row++)
            Assert.That(found[row * Frames + 4], Is.EqualTo(row == order ? 5 : 0).Within(1e-4), $"row {row}");
    }

    [Test]
    public void A_ramp_in_time_has_its_slope_as_delta_and_no_second_delta()
    {
        var found = cepstra.Compute(Rows((_, frame) => 0.7 * frame));
        Assert.That(found[20 * Frames + 4], Is.EqualTo(0.7 * Math.Sqrt(80)).Within(1e-4));
        Assert.That(found[40 * Frames + 4], Is.Zero.Within(1e-4));
    }

    [Test]
    public void Silence_is_raised_to_the_floor()
    {
        Assert.That(cepstra.Compute(Rows((_, _) => -23)), Is.EqualTo(cepstra.Compute(Rows((_, _) => -11.5))));
    }

    [Test]
    public void Settings_choose_the_dimension()
    {
        var few = new Cepstra(80, new CepstraSettings { Coefficients = 13 });
        Assert.That(few.Dimension, Is.EqualTo(39));
        Assert.That(few.Compute(Rows((band, frame) => band - frame)), Has.Length.EqualTo(39 * Frames));
    }

    [Test]
    public void Settings_out_of_range_are_all_named()
    {
        var mistakes = new CepstraSettings { Coefficients = 0, DeltaReach = 11 }.Mistakes();
        Assert.That(mistakes.Select(mistake => mistake.Property), Is.EqualTo(new[] { "coefficients", "delta_reach" }));
    }

    private static float[] Rows(Func<int, int, double> value) =>
        [.. Enumerable.Range(0, 80).SelectMany(band => Enumerable.Range(0, Frames).Select(frame => (float)value(band, frame)))];
}
