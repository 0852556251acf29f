using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

public sealed class MetricsFileTests
{
    private ReportFixture _fixture = null!;

    [SetUp]
    public void Make_a_folder() => _fixture = new ReportFixture();

    [TearDown]
    public void Remove_it() => _fixture.Dispose();

    [Test]
    public void Each_number_beside_the_step_is_a_curve_and_validation_is_marked()
    {
        var curves = Read("""
            {"step":1,"loss":0.9,"lr":2e-4,"note":"warm-up"}
            {"step":2,"loss":0.7,"lr":1e-4}

            {"step":2,"validation_loss":0.8}
            """);
        Assert.That(curves.Steps, Is.EqualTo(2));
        Assert.That(curves.Curves.Select(curve => (curve.Name, curve.IsValidation)), Is.EqualTo(new[] { ("loss", false), ("lr", false), ("loss", true) }));
        Assert.That(curves.Curves[0].Values, Is.EqualTo(new double?[] { 0.9, 0.7 }));
        Assert.That(curves.Curves[2].Steps, Is.EqualTo(new[] { 2L }));
    }

    [TestCase("null")]
    [TestCase("\"NaN\"")]
    [TestCase("\"Infinity\"")]
    public void A_value_that_is_not_finite_is_a_gap_and_leaves_the_average_alone(string value)
    {
        var loss = Read($"{{\"step\":1,\"loss\":0.5}}\n{{\"step\":2,\"loss\":{value}}}\n{{\"step\":3,\"loss\":0.5}}").Curves.Single();
        Assert.That(loss.Values, Is.EqualTo(new double?[] { 0.5, null, 0.5 }));
        Assert.That(loss.Smoothed, Is.EqualTo(new double?[] { 0.5, 0.5, 0.5 }));
    }

    [TestCase("""{"loss":0.5}""", "'step' is missing")]
    [TestCase("""[1, 2]""", "an object with a step is wanted")]
    [TestCase("""{"step":1,"loss":0.""", "")]
    public void A_line_that_is_no_metric_is_named_with_file_and_number(string line, string reason)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => Read("{\"step\":1,\"loss\":1}\n" + line));
        Assert.That(thrown.Message, Does.Contain("metrics.jsonl, line 2: " + reason));
    }

    [FsCheck.NUnit.Property]
    public bool A_thinned_curve_keeps_its_extremes_in_order(float[] recorded, byte more)
    {
        var values = recorded.Select(value => (double)value).Where(double.IsFinite).ToArray();
        if (values.Length == 0)
            return true;
        var kept = Thinning.KeepExtremes(values, 4 + more);
        return kept.Count <= Math.Max(4 + more, 0) && kept.Zip(kept.Skip(1)).All(pair => pair.First < pair.Second)
            && kept.Max(index => values[index]) == values.Max() && kept.Min(index => values[index]) == values.Min();
    }

    [Test]
    public void A_single_spike_among_a_hundred_thousand_steps_stays_visible()
    {
        var values = Enumerable.Repeat(0.4, 100_000).ToArray();
        values[77_777] = 31;
        var kept = Thinning.KeepExtremes(values, 2000);
        Assert.That(kept, Has.Count.LessThanOrEqualTo(2000).And.Contains(77_777));
    }

    [Test]
    public void The_average_of_a_falling_line_lags_by_its_time_constant()
    {
        var falling = Enumerable.Range(0, 3000).Select(step => -(double)step).ToArray();
        Assert.That(Smoothing.ExponentialAverage(falling)[^1] - falling[^1], Is.EqualTo(99).Within(0.1));
    }

    private TrainingCurves Read(string text) => MetricsFile.Read("Phase0", _fixture.WriteFile("metrics.jsonl", text), 2000);
}
