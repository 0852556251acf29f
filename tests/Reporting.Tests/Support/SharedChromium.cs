using Tmrvc.Browser;

namespace Tmrvc.Reporting.Tests.Support;

/// <summary>One browser for the whole run, started by the first test that opens a page.</summary>
internal static class SharedChromium
{
    private static readonly Lazy<Task<ChromiumSession>> Started = new(ChromiumSession.StartAsync);

    public static Task<ChromiumSession> Session => Started.Value;

    public static async Task CloseAsync()
    {
        if (Started.IsValueCreated)
            await (await Started.Value).DisposeAsync();
    }
}
