namespace Tmrvc.Evaluation.Tests;

public sealed class EvaluationReportTests
{
    private string _path = null!;

    [SetUp]
    public void Name() => _path = Path.Combine(Path.GetTempPath(), TestContext.CurrentContext.Test.ID + ".json");

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public void A_report_comes_back_as_it_was_written()
    {
        var sample = new EvaluatedSample("x/1", SampleKind.Conversion, "a", "b", "Goodbye.",
            [new("generated", "0-generated", "audio/0-generated.flac", "10 Euler steps")], [new Figure("F0 error", null, "semitones")]);
        new EvaluationReport("Phase0", 24000, 240, 0, 12000, new Dictionary<string, string> { ["steps"] = "10" },
            [new Figure("Mel L1", 0.5, "nat") { Count = 3, StandardError = 0.1 }], [sample]).Write(_path);
        var read = EvaluationReport.Read(_path);
        Assert.That(read.Figures, Is.EqualTo(new[] { new Figure("Mel L1", 0.5, "nat") { Count = 3, StandardError = 0.1 } }));
        Assert.That(read.Samples.Single() with { Signals = [], Figures = [] }, Is.EqualTo(sample with { Signals = [], Figures = [] }));
        Assert.That(read.Samples.Single().Signals, Is.EqualTo(sample.Signals));
        Assert.That(File.ReadAllText(_path), Does.Contain("\"kind\": \"conversion\""));
    }

    [Test]
    public void What_is_not_an_evaluation_is_named()
    {
        File.WriteAllText(_path, "[1, 2");
        Assert.That(() => EvaluationReport.Read(_path), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(_path));
    }
}
