using Microsoft.Playwright;
using Tmrvc.Browser;

namespace Tmrvc.Reporting.Tests.Support;

internal static class OpenedReport
{
    /// <summary>All that a reader could unfold, drawn.</summary>
    public static Task OpenEveryFoldAsync(this OpenedPage opened) => opened.Page.EvaluateAsync(
        """
        async () => {
          for (let closed; (closed = [...document.querySelectorAll("details:not([open])")]).length > 0;) {
            closed.forEach(details => { details.open = true; });
            await new Promise(resolve => setTimeout(resolve, 50));
          }
        }
        """);

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
