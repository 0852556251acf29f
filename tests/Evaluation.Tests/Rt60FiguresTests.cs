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
    public void Where_nothing_was_heard_there_is_no_error()
    {
        Assert.That(Rt60Figures.Error([]), Is.Null);
        Assert.That(Rt60Figures.ErrorOfMean([]), Is.Null);
    }
}
