using Microsoft.Playwright;

namespace Tmrvc.Browser;

/// <summary>Debian's Chromium, headless and off the network, for tests that open what the product writes.</summary>
public sealed class ChromiumSession : IAsyncDisposable
{
    public const string ExecutablePath = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChromiumSession(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="InvalidOperationException">Chromium is not installed.</exception>
    public static async Task<ChromiumSession> StartAsync()
    {
        if (!File.Exists(ExecutablePath))
            throw new InvalidOperationException($"{ExecutablePath} is missing: apt-get install chromium.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = ExecutablePath, Args = Flags });
        return new ChromiumSession(playwright, browser);
    }

    /// <summary>Opens a file as a person would, by its file: URL, in a window of its own.</summary>
    public async Task<OpenedPage> OpenFileAsync(string path, ScreenLook? look = null)
    {
        look ??= ScreenLook.Desktop;
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            Offline = true,
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        var opened = new OpenedPage(context, await context.NewPageAsync());
        await opened.Page.GotoAsync(new Uri(Path.GetFullPath(path)).AbsoluteUri);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
public sealed record ScreenLook(int Width, int Height, bool Dark = false)
{
    public static readonly ScreenLook Desktop = new(1360, 900);
    public static readonly ScreenLook Phone = new(390, 844);
}
