using Tmrvc.BuildGraph;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

public sealed class ReportWriterTests
{
    private ReportFixture _fixture = null!;
    private string _content = null!;

    [SetUp]
    public async Task Write_content()
    {
        _fixture = new ReportFixture();
        _content = await _fixture.WriteContentAsync();
    }

    [TearDown]
    public void Remove_it() => _fixture.Dispose();

    private static RunLedger Ran => LedgerFixture.Write().WithEveryStage(StageState.Ran) with { Result = RunResult.Done };
    private static RunLedger Fresh => Ran.WithEveryStage(StageState.Fresh);

    [Test]
    public void A_run_that_does_nothing_leaves_the_page_of_the_run_that_did()
    {
        ReportWriter.Write(_fixture.Page, _content, Ran);
        var written = File.ReadAllBytes(_fixture.Page);
        Assert.That(ReportWriter.Write(_fixture.Page, _content, Fresh with { Finished = Ran.Finished.AddHours(1), Duration = TimeSpan.FromSeconds(0.3) }), Is.False);
        Assert.That(ReportWriter.Write(_fixture.Page, _content, Fresh.WithEveryStage(StageState.Cached)), Is.False);
        Assert.That(File.ReadAllBytes(_fixture.Page), Is.EqualTo(written));
    }

    [Test]
    public void A_fresh_run_without_a_page_writes_one() =>
        Assert.That(ReportWriter.Write(_fixture.Page, _content, Fresh), Is.True);

    [Test]
    public void A_run_that_did_something_writes_even_the_same_artifacts_anew()
    {
        ReportWriter.Write(_fixture.Page, _content, Ran);
        Assert.That(ReportWriter.Write(_fixture.Page, _content, Ran), Is.True);
    }

    [Test]
    public void A_page_of_other_artifacts_revision_or_profile_is_replaced()
    {
        ReportWriter.Write(_fixture.Page, _content, Ran);
        var other = Fresh.Stages[3] with { Outputs = [new StageArtifact("shards", new string('0', 64), 1)] };
        foreach (var ledger in new[] { Fresh with { Stages = [.. Fresh.Stages.Take(3), other, .. Fresh.Stages.Skip(4)] }, Fresh with { Revision = "0" }, Fresh with { Profile = "full" } })
            Assert.That(ReportWriter.Write(_fixture.Page, _content, ledger), Is.True);
    }

    [Test]
    public void Nothing_half_written_is_left_beside_the_page()
    {
        ReportWriter.Write(_fixture.Page, _content, Ran);
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(_fixture.Page)!), Is.EqualTo(new[] { _fixture.Page }));
    }

    [Test]
    public void A_page_that_cannot_be_written_leaves_the_one_before_and_nothing_else()
    {
        ReportWriter.Write(_fixture.Page, _content, Ran);
        var written = File.ReadAllBytes(_fixture.Page);
        Assert.That(() => ReportWriter.Write(_fixture.Page, Path.Combine(_fixture.Folder, "absent.json"), Ran), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllBytes(_fixture.Page), Is.EqualTo(written));
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(_fixture.Page)!), Is.EqualTo(new[] { _fixture.Page }));
    }

    [Test]
    public void Nothing_an_artifact_holds_can_end_a_script_element()
    {
        var content = _fixture.WriteFile("content.json", """{"training":[],"evaluations":[],"gates":[],"sounds":{},"quarantine":[{"stage":"</script>","id":"<!--<script>","reason":""}]}""");
        ReportWriter.Write(_fixture.Page, content, Ran with { Profile = "</script>" });
        var page = File.ReadAllText(_fixture.Page);
        Assert.That(page.Split("</script").Length, Is.EqualTo(page.Split("<script").Length), "as many ends as starts");
        Assert.That(page, Does.Contain(@"\u003c/script>").And.Contain(@"\u003c!--\u003cscript>"));
    }

    [Test]
    public void The_page_names_no_address_and_carries_the_licences_of_its_libraries()
    {
        ReportWriter.Write(_fixture.Page, _content, Ran);
        var page = File.ReadAllText(_fixture.Page);
        Assert.That(page, Does.Not.Contain("sourceMappingURL").And.Not.Contain("src=\"http").And.Not.Contain("href=\"http"));
        Assert.That(page.Split("Permission is hereby granted").Length - 1, Is.GreaterThanOrEqualTo(2));
    }
}
