using Tmrvc.BuildGraph;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

public sealed class ReportStageTests
{
    [Test]
    public async Task The_same_artifacts_give_the_same_bytes()
    {
        using var first = new ReportFixture();
        using var second = new ReportFixture();
        Assert.That(File.ReadAllBytes(await first.WriteContentAsync()), Is.EqualTo(File.ReadAllBytes(await second.WriteContentAsync())));
    }

    [Test]
    public void It_reads_each_source_as_an_output_and_requires_no_gate()
    {
        var inputs = ReportFixture.Stage().Inputs;
        Assert.That(inputs, Has.All.InstanceOf<StageInput.Output>());
        Assert.That(inputs, Does.Contain(new StageInput.Output("verdictgatephase0", "GatePhase0", "verdict.json")));
        Assert.That(inputs.Select(input => input.Name), Is.Unique);
    }

    [Test]
    public void A_verdict_keeps_every_check_and_fails_with_one()
    {
        using var fixture = new ReportFixture();
        var path = fixture.WriteFile("verdict.json", """{"checks":[{"name":"a","found":"1","allowed":"< 2","passed":true},{"name":"b","found":"3","allowed":"< 2","passed":false}]}""");
        var gate = VerdictFile.Read("GatePhase0", path);
        Assert.That(gate.Passed, Is.False);
        Assert.That(gate.Checks, Is.EqualTo(new[] { new CheckContent("a", "1", "< 2", true), new CheckContent("b", "3", "< 2", false) }));
    }

    [Test]
    public void A_file_that_is_no_verdict_is_named()
    {
        using var fixture = new ReportFixture();
        var path = fixture.WriteFile("verdict.json", "{}");
        Assert.That(() => VerdictFile.Read("GatePhase0", path), Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith($"{path}: no gate verdict"));
    }

    [Test]
    public void A_quarantine_line_without_reason_is_named_with_its_number()
    {
        using var fixture = new ReportFixture();
        var path = fixture.WriteFile("quarantine.jsonl", "{\"id\":\"a.wav\",\"reason\":\"is silent\"}\n{\"id\":\"b.wav\"}\n");
        Assert.That(() => QuarantineFile.Read("PreprocessFolder", path), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("quarantine.jsonl, line 2"));
    }

    [Test]
    public void Settings_tell_every_mistake() =>
        Assert.That(new ReportSettings { AudioBytes = -1, CurvePoints = 3 }.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { "audio_bytes", "curve_points" }));
}
