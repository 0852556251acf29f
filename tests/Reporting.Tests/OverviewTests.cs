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
        Assert.That(await Tile(opened, "How good is it?"), Does.Match(@"Teacher\s+INT8").And.Match(@"SECS of conversions; recordings of one voice reach 0.859, of two voices 0.112\s+0.834\s+0.71").And.Match(@"Delay of the stream, ms\s+Latency\s+–\s+40"));
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

    [Test]
    public async Task Files_that_the_profile_does_not_convert_by_are_shown_with_the_reason_and_the_option_that_reaches_them()
    {
        var ledger = LedgerFixture.Write();
        ReportWriter.Write(_fixture.Page, null, ledger with { Delivered = ledger.Delivered! with { Folder = "artifacts/store/1", Aside = "a trial" } });
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        Assert.That(await Tile(opened, "Where are my files?"), Does.Contain("Not what the profile converts by: a trial.").And.Contain("--models=artifacts/store/1"));
    }

    [Test]
    public async Task Files_that_only_the_cache_has_are_not_denied()
    {
        var ledger = LedgerFixture.Write();
        ReportWriter.Write(_fixture.Page, null, ledger with { Delivered = null, Stages = [.. ledger.Stages, ledger.Stages[0] with { Id = "Package", State = StageState.Cached }] });
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        Assert.That(await Tile(opened, "Where are my files?"), Does.Contain("--target=Package brings them").And.Not.Contain("None yet"));
    }

    [Test]
    public async Task Work_that_cost_nothing_is_not_said_to_have_run_on_machines_without_price()
    {
        var ledger = LedgerFixture.Write();
        ReportWriter.Write(_fixture.Page, null, ledger with { Stages = [.. ledger.Stages.Select(stage => stage with { Cost = null, ExpectedCost = null })] });
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        Assert.That(await Tile(opened, "What did it take?"), Does.Contain("these stages ran where an hour costs nothing"));
        Assert.That(await opened.Page.Locator("#costs").InnerTextAsync(), Does.Contain("These stages ran where an hour costs nothing").And.Not.Contain("No machine has a price"));
    }

    private static Task<string> Tile(OpenedPage opened, string title) =>
        opened.Page.GetByRole(AriaRole.Region, new() { Name = title }).InnerTextAsync();
}
