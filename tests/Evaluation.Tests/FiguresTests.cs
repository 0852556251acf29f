namespace Tmrvc.Evaluation.Tests;

public sealed class FiguresTests
{
    private const int Bands = 80;

    [Test]
    public void A_louder_copy_differs_by_its_level_and_has_no_cepstral_distortion()
    {
        var mel = Enumerable.Range(0, Bands * 3).Select(i => MathF.Sin(i)).ToArray();
        var louder = mel.Select(value => value + 0.5f).ToArray();
        Assert.That(MelFigures.MeanAbsolute(mel, louder), Is.EqualTo(0.5).Within(1e-6));
        Assert.That(MelFigures.RootMeanSquare(mel, louder), Is.EqualTo(0.5).Within(1e-6));
        Assert.That(MelFigures.CepstralDistortion(mel, louder, Bands), Is.Zero.Within(1e-5));
    }

    /// <summary>S(ω) = c·cos(3ω) has only the coefficient c₃ = c: the distortion is (10 / ln 10)·√2·c. The log power is twice S.</summary>
    [Test]
    public void One_cepstral_coefficient_gives_the_distortion_of_the_formula()
    {
        const double c = 0.1;
        var ripple = Enumerable.Range(0, Bands).Select(band => (float)(2 * c * Math.Cos(Math.PI * 3 * (band + 0.5) / Bands))).ToArray();
        Assert.That(MelFigures.CepstralDistortion(ripple, new float[Bands], Bands), Is.EqualTo(10 / Math.Log(10) * Math.Sqrt(2) * c).Within(1e-5));
    }

    [Test]
    public void Speech_that_moves_half_as_far_has_a_quarter_of_the_global_variance()
    {
        var random = new Random(1);
        float[] mel = [.. Enumerable.Range(0, Bands * 50).Select(_ => 2 * random.NextSingle())];
        var blurred = mel.Select(value => value / 2 + 3).ToArray();
        Assert.That(MelFigures.GlobalVariance(blurred, Bands) / MelFigures.GlobalVariance(mel, Bands), Is.EqualTo(0.25).Within(1e-4));
        Assert.That(MelFigures.GlobalVariance(new float[Bands * 3], Bands), Is.GreaterThan(0), "silence, too, can be divided by");
    }

    [Test]
    public void A_contour_an_octave_up_is_correlated_and_twelve_semitones_off()
    {
        var figures = new PitchFigures();
        figures.Add([100, 110, 0, 130], [200, 220, 0, 260]);
        Assert.That(figures.Correlation(), Is.EqualTo(1).Within(1e-6));
        Assert.That(figures.Error(), Is.EqualTo(12).Within(1e-6));
        Assert.That(figures.VoicingError(), Is.Zero);
    }

    [Test]
    public void Frames_voiced_on_one_side_only_are_voicing_errors_and_nothing_else()
    {
        var figures = new PitchFigures();
        figures.Add([100, 0, 120, 0, 50], [0, 100, 120, 0]);
        Assert.That(figures.VoicingError(), Is.EqualTo(0.5));
        Assert.That(figures.Error(), Is.Zero);
        Assert.That(figures.Correlation(), Is.Null);
    }

    [Test]
    public void A_mirrored_contour_is_anticorrelated()
    {
        var figures = new PitchFigures();
        figures.Add([100, 200, 400], [400, 200, 100]);
        Assert.That(figures.Correlation(), Is.EqualTo(-1).Within(1e-9));
    }
}
