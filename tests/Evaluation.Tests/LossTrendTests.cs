namespace Tmrvc.Evaluation.Tests;

public sealed class LossTrendTests
{
    [Test]
    public void Windows_are_means_of_equal_stretches() =>
        Assert.That(LossTrend.Of([4, 2, 2, 0, 1, 0], 3).Windows, Is.EqualTo(new[] { 3, 1, 0.5 }));

    [Test]
    public void The_worst_step_is_the_largest_rise()
    {
        var trend = new LossTrend([1, 0.5, 0.6, 0.3]);
        Assert.That(trend.WorstStep, Is.EqualTo(1.2).Within(1e-9));
        Assert.That(trend.Remaining, Is.EqualTo(0.3).Within(1e-9));
    }

    [Test]
    public void Losses_come_from_the_lines_that_have_one()
    {
        var path = Path.Combine(Path.GetTempPath(), TestContext.CurrentContext.Test.ID + ".jsonl");
        File.WriteAllLines(path, ["""{"step":0,"validation_loss":2}""", """{"step":0,"loss":1.5,"lr":0.1}""", """{"step":1,"loss":1.25}"""]);
        Assert.That(LossTrend.Losses(path), Is.EqualTo(new[] { 1.5, 1.25 }));
        File.WriteAllLines(path, ["""{"step":0,"loss":1.5}""", """{"step":1,"lo"""]);
        Assert.That(() => LossTrend.Losses(path), Throws.TypeOf<InvalidDataException>().With.Message.Contains(".jsonl:2"));
        File.Delete(path);
    }
}
