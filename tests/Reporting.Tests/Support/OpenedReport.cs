using Microsoft.Playwright;
using Tmrvc.Browser;

namespace Tmrvc.Reporting.Tests.Support;

internal static class OpenedReport
{
    /// <summary>Opens a report and waits until it has drawn itself.</summary>
    public static async Task<OpenedPage> OpenAsync(string path, ScreenLook? look = null)
    {
        var opened = await (await SharedChromium.Session).OpenFileAsync(path, look);
        try
        {
            await opened.Page.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The report did not draw itself: {string.Join("; ", opened.Complaints)}");
        }
        return opened;
    }
}
