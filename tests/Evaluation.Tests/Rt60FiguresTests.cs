namespace Tmrvc.Evaluation.Tests;

public sealed class Rt60FiguresTests
{
    private static readonly HeardRt60[] Heard = [new(0, 0.5, 0.4), new(0, 0.5, 0.8), new(1, 1.0, 1.0), new(1, 1.1, 1.0)];

    [Test]
    public void The_error_is_the_root_of_the_mean_square() =>
        Assert.That(Rt60Figures.Error(Heard), Is.EqualTo(Math.Sqrt((0.01 + 0.09 + 0 + 0.01) / 4)).Within(1e-9));

    [Test]
    public void The_mean_answer_is_off_by_the_spread_of_the_rooms_band_by_band() =>
        Assert.That(Rt60Figures.ErrorOfMean(Heard), Is.EqualTo(Math.Sqrt((0.04 + 0.04) / 4)).Within(1e-9));

    [Test]
    public void Answers_that_rise_with_the_rooms_correlate_with_them_however_far_off_they_are()
    {
        Assert.That(Rt60Figures.Correlation([new(0, 0.9, 0.2), new(0, 1.0, 0.4), new(0, 1.1, 0.6), new(1, 2.0, 0.1), new(1, 2.2, 0.5)]), Is.EqualTo(1).Within(1e-9));
        Assert.That(Rt60Figures.Correlation([new(0, 1.1, 0.2), new(0, 1.0, 0.4), new(0, 0.9, 0.6)]), Is.EqualTo(-1).Within(1e-9));
    }

    [Test]
    public void A_constant_answer_has_no_correlation_even_where_each_band_has_its_own_mean() =>
        Assert.That(Rt60Figures.Correlation([new(0, 0.3, 0.1), new(0, 0.3, 0.2), new(0, 0.3, 0.6), new(1, 0.7, 0.6), new(1, 0.7, 0.8)]), Is.Null);

    [Test]
    public void Where_nothing_was_heard_there_is_no_error()
    {
        Assert.That(Rt60Figures.Error([]), Is.Null);
        Assert.That(Rt60Figures.ErrorOfMean([]), Is.Null);
        Assert.That(Rt60Figures.Correlation([]), Is.Null);
    }
}
