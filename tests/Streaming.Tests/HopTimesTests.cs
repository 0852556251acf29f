namespace Tmrvc.Streaming.Tests;

public sealed class HopTimesTests
{
    [Test]
    public void Quantiles_are_right_within_one_percent()
    {
        var times = new HopTimes();
        foreach (var microseconds in Enumerable.Range(1, 10000))
            times.Add(TimeSpan.FromMicroseconds(microseconds));

        Assert.That(times.Quantile(0.5).TotalMicroseconds, Is.EqualTo(5000).Within(1.01).Percent);
        Assert.That(times.Quantile(0.99).TotalMicroseconds, Is.EqualTo(9900).Within(1.01).Percent);
        Assert.That((times.Count, times.Total.TotalMicroseconds), Is.EqualTo((10000L, 50005000.0)));
    }

    [TestCase(0)]
    [TestCase(1e7)]
    public void Times_beyond_all_classes_are_counted_too(double seconds)
    {
        var times = new HopTimes();
        times.Add(TimeSpan.FromSeconds(seconds));
        Assert.That(times.Quantile(1), Is.GreaterThan(TimeSpan.Zero));
    }
}
