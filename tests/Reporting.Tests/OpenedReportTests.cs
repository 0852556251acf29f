using Tmrvc.Browser;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

[Category("Browser")]
public sealed class OpenedReportTests
{
    private ReportFixture _fixture = null!;
    private ChromiumSession _chromium = null!;

    [OneTimeSetUp]
    public async Task WriteAndStart()
    {
        _fixture = new ReportFixture();
        await _fixture.WritePageAsync();
        _chromium = await ChromiumSession.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _chromium.DisposeAsync();
        _fixture.Dispose();
    }

    [Test]
    public async Task A_report_opens_from_a_file_without_complaint_and_asks_for_nothing_outside()
    {
        await using var opened = await Open();
        Assert.That(opened.Complaints, Is.Empty);
        Assert.That(opened.OutsideRequests, Is.Empty);
    }

    private async Task<OpenedPage> Open(ScreenLook? look = null)
    {
        var opened = await _chromium.OpenFileAsync(_fixture.Page, look);
        await opened.Page.Locator("html[data-ready]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached, Timeout = 5000 });
        return opened;
    }
}
