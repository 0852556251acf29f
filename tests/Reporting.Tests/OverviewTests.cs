using Microsoft.Playwright;
using Tmrvc.Browser;
using Tmrvc.BuildGraph;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>What the first screen says before anybody scrolls.</summary>
[Category("Browser")]
public sealed class OverviewTests
{
    private ReportFixture _fixture = null!;

    [SetUp]
    public void Make_a_folder() => _fixture = new ReportFixture();

    [TearDown]
    public void Remove_it() => _fixture.Dispose();

    [Test]
    public async Task It_answers_whether_it_worked_how_good_it_is_where_the_files_are_and_what_it_took()
    {
        await _fixture.WritePageAsync();
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page, new ScreenLook(1280, 900));
        Assert.That(await Tile(opened, "Did it work?"), Does.Contain("No: 0 of 1 gate passed").And.Contain("2 checks").And.Contain("1 stage without result: Export"));
        Assert.That(await Tile(opened, "How good is it?"), Does.Match(@"Teacher\s+INT8").And.Match(@"SECS of conversions; 1 is the same voice\s+0.834\s+0.71").And.Match(@"Delay of the stream, ms\s+Latency\s+–\s+40"));
        Assert.That(await Tile(opened, "Where are my files?"), Does.Contain("artifacts/models/smoke").And.Contain("1 network in fp32/ (21.4 MB), 1 network in int8/ (6.11 MB)"));
        Assert.That(await Tile(opened, "What did it take?"), Does.Contain("8 min 50 s, $0.08").And.Contain("expected: 5 min 0 s, taken 4 min 2 s; expected cost $0.10"));
        Assert.That(await opened.Page.Locator(".hear audio").EvaluateAllAsync<string[]>("all => all.map(audio => audio.ariaLabel)"), Is.EqualTo(new[]
        {
            "Source: what was said, en_US_f_Allison/conf-adminmenu, first heard", "Conversion to Carlo-it by Phase0, en_US_f_Allison/conf-adminmenu, first heard",
        }));
        foreach (var tile in await opened.Page.Locator(".tile").AllAsync())
            Assert.That((await tile.BoundingBoxAsync())!.Y, Is.LessThan(600), "no scrolling");
    }

    [Test]
    public async Task The_link_to_the_files_leads_from_the_page_to_their_folder()
    {
        await _fixture.WritePageAsync();
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        var address = await opened.Page.Locator(".tile a", new() { HasText = "artifacts/models/smoke" }).EvaluateAsync<string>("link => link.href");
        Assert.That(new Uri(address).LocalPath, Is.EqualTo(Path.Combine(_fixture.Folder, "models", "smoke")));
    }

    [Test]
    public async Task A_run_that_worked_and_left_no_files_says_so()
    {
        var ledger = LedgerFixture.Write().WithEveryStage(StageState.Ran) with { Result = RunResult.Done, Delivered = null };
        ReportWriter.Write(_fixture.Page, null, ledger);
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        Assert.That(await Tile(opened, "Did it work?"), Does.Contain("Yes"));
        Assert.That(await Tile(opened, "Where are my files?"), Does.Contain("None yet"));
        Assert.That(await opened.Page.Locator(".tile", new() { HasText = "How good" }).CountAsync(), Is.Zero);
    }

    private static Task<string> Tile(OpenedPage opened, string title) =>
        opened.Page.GetByRole(AriaRole.Region, new() { Name = title }).InnerTextAsync();
}
