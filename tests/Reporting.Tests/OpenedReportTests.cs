using Microsoft.Playwright;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>The report as people meet it: in a browser, from a file.</summary>
[Category("Browser")]
public sealed class OpenedReportTests : WrittenPage
{
    [Test]
    public async Task It_opens_from_a_file_without_complaint_and_asks_for_nothing_outside()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        Assert.That(opened.Complaints, Is.Empty);
        Assert.That(opened.OutsideRequests, Is.Empty);
    }

    [Test]
    public async Task The_header_names_profile_revision_result_and_what_failed()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var header = await opened.Page.Locator("header").InnerTextAsync();
        Assert.That(header, Does.Contain("Profile smoke").And.Contain("failed").And.Contain("3f9c2d1a7b").And.Contain("this run took 5 min 12 s"));
        Assert.That(header, Does.Contain("2.33 MB from the cache, 7.73 MB to the cache"));
        Assert.That(header, Does.Contain("GatePhase0 secs: 0.61 found, > 0.7 allowed"));
    }

    [Test]
    public async Task The_graph_shows_each_stage_with_its_state_time_and_reason()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        Assert.That(await opened.Page.Locator(".node").CountAsync(), Is.EqualTo(LedgerFixture.Write().Stages.Count));
        Assert.That(await opened.Page.Locator("[data-stage=Phase0]").InnerTextAsync(), Does.Contain("ran").And.Contain("4 min 2 s").And.Contain("settings.lr changed"));
        Assert.That(await opened.Page.Locator("[data-stage=FetchPrompts]").InnerTextAsync(), Does.Contain("cached"));
        Assert.That(await opened.Page.Locator("[data-stage=Export]").InnerTextAsync(), Does.Contain("blocked"));
    }

    [Test]
    public async Task An_arrow_is_drawn_for_each_need_that_no_longer_way_implies()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.Page.Locator("[data-stage=FetchPrompts]").ClickAsync();
        Assert.That(await Drawn(opened.Page.Locator(".graph path.edge")), Is.EqualTo(10));
        await opened.Page.Locator("[data-stage=EvaluatePhase0]").ClickAsync();
        Assert.That(await Drawn(opened.Page.Locator(".graph path.edge.implied")), Is.EqualTo(3), "FeaturesPrompts, SpeakerEncoder, Report");
    }

    [Test]
    public async Task A_stage_chosen_with_the_keyboard_tells_what_changed_and_what_it_left()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.Page.Locator("[data-stage=SpeakerEncoder]").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowDown");
        await opened.Page.Keyboard.PressAsync("Enter");
        var details = await opened.Page.Locator(".details").InnerTextAsync();
        Assert.That(details, Does.StartWith("Phase0"));
        Assert.That(details, Does.Contain("0.0002 → 0.0004").And.Contain("new → 0.999"));
        Assert.That(details, Does.Contain(LedgerFixture.Write().Stages.Single(stage => stage.Id == "Phase0").Outputs[0].Sha256).And.Contain("7.64 MB"));
        Assert.That(details, Does.Contain("steps per second").And.Contain("4.137").And.Contain("7.73 MB to the cache"));
    }

    [Test]
    public async Task The_table_of_stages_says_the_same_as_the_graph()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.Page.Locator("#stage-table summary").ClickAsync();
        var row = await opened.Page.Locator("#stage-table tr", new() { HasText = "GatePhase0" }).First.InnerTextAsync();
        Assert.That(await opened.Page.Locator("#stage-table tbody tr").CountAsync(), Is.EqualTo(LedgerFixture.Write().Stages.Count));
        Assert.That(row, Does.Contain("gate not passed").And.Contain("secs: 0.61 found").And.Contain("EvaluatePhase0, Phase0"));
    }

    [Test]
    public async Task Each_training_stage_has_its_curves_and_a_logarithmic_axis()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var phase = opened.Page.Locator(".curve-card", new() { HasText = "Phase0" });
        Assert.That(await opened.Page.Locator(".curve-card").CountAsync(), Is.EqualTo(2));
        Assert.That(await phase.InnerTextAsync(), Does.Contain("900 steps").And.Contain("Learning rate").And.Contain("Gradient norm").And.Contain("validation"));
        var linear = await phase.Locator("canvas").First.ScreenshotAsync();
        await phase.GetByLabel("Log").CheckAsync();
        Assert.That(await phase.Locator("canvas").First.ScreenshotAsync(), Is.Not.EqualTo(linear));
        Assert.That(opened.Complaints, Is.Empty);
    }

    [Test]
    public async Task Gates_quarantine_and_provenance_are_listed()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        Assert.That(await opened.Page.Locator("#gates tbody tr").First.InnerTextAsync(), Does.Match(@"self-reconstruction SECS\s+0.61\s+> 0.7\s+−0.09\s+failed"));
        Assert.That(await opened.Page.Locator("#quarantine tbody tr").CountAsync(), Is.EqualTo(3));
        Assert.That(await opened.Page.Locator("#quarantine").InnerTextAsync(), Does.Contain("мой голос/запись").And.Contain("is no audio").And.Contain("FetchFolder"));
        await opened.OpenEveryFoldAsync();
        Assert.That(await opened.Page.Locator("#provenance tbody tr").CountAsync(), Is.EqualTo(LedgerFixture.Write().Stages.Sum(stage => stage.Outputs.Count)));
    }

    private static Task<int> Drawn(ILocator locator) =>
        locator.EvaluateAllAsync<int>("all => all.filter(element => getComputedStyle(element).display !== 'none').length");
}
