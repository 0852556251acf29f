using Microsoft.Playwright;
using Tmrvc.Browser;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>Other screens, other readers, hostile artifacts.</summary>
[Category("Browser")]
public sealed class ReportForEveryoneTests
{
    private const string Hostile = "</script><script>window.hostile = 1</script><img src=x onerror='window.hostile = 2'>\"'&<!--\u202E ☃ ";

    [Test]
    public async Task Hostile_text_is_shown_and_never_run()
    {
        using var fixture = new ReportFixture();
        await fixture.WritePageAsync(Hostile);
        await using var opened = await OpenedReport.OpenAsync(fixture.Page);
        Assert.That(opened.Complaints, Is.Empty);
        Assert.That(await opened.Page.EvaluateAsync<bool>("() => 'hostile' in window"), Is.False);
        Assert.That(await opened.Page.Locator("img").CountAsync(), Is.Zero);
        foreach (var part in new[] { "h1", "#graph .details", ".sample h3", "#gates", "#quarantine" })
            Assert.That(await opened.Page.Locator(part).First.TextContentAsync(), Does.Contain(Hostile.Trim()), part);
    }

    [Test]
    public async Task Very_long_names_stay_inside_the_page()
    {
        using var fixture = new ReportFixture();
        await fixture.WritePageAsync(new string('w', 600));
        await using var opened = await OpenedReport.OpenAsync(fixture.Page);
        await opened.OpenEveryFoldAsync();
        Assert.That(await Overflow(opened), Is.Zero);
    }

    [Test]
    public async Task A_phone_needs_no_sideways_scrolling_whatever_is_unfolded()
    {
        using var fixture = new ReportFixture();
        await fixture.WritePageAsync();
        await using var opened = await OpenedReport.OpenAsync(fixture.Page, ScreenLook.Phone);
        Assert.That(await Overflow(opened), Is.Zero);
        await opened.OpenEveryFoldAsync();
        Assert.That(await Overflow(opened), Is.Zero);
        Assert.That(opened.Complaints, Is.Empty);
    }

    [Test]
    public async Task Dark_and_light_follow_the_system_with_readable_contrast([Values] bool dark)
    {
        using var fixture = new ReportFixture();
        await fixture.WritePageAsync();
        await using var opened = await OpenedReport.OpenAsync(fixture.Page, ScreenLook.Desktop with { Dark = dark });
        var worst = await opened.Page.EvaluateAsync<double>(ContrastOfPalette);
        Assert.That(worst, Is.GreaterThanOrEqualTo(4.5), "WCAG 2.2 AA");
    }

    [Test]
    public async Task Assistive_technology_finds_landmarks_headings_and_names()
    {
        using var fixture = new ReportFixture();
        await fixture.WritePageAsync();
        await using var opened = await OpenedReport.OpenAsync(fixture.Page);
        await opened.OpenEveryFoldAsync();
        Assert.That(await opened.Page.EvaluateAsync<string[]>(NamelessElements), Is.Empty);
        var levels = await opened.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('h1, h2, h3, h4')].map(heading => +heading.tagName[1])");
        Assert.That(levels.Count(level => level == 1), Is.EqualTo(1));
        Assert.That(levels.Zip(levels.Skip(1)).Where(pair => pair.Second > pair.First + 1), Is.Empty, "headings that skip a level");
        foreach (var role in new[] { AriaRole.Banner, AriaRole.Navigation, AriaRole.Main, AriaRole.Contentinfo })
            Assert.That(await opened.Page.GetByRole(role).CountAsync(), Is.EqualTo(1), role.ToString());
    }

    [Test]
    public async Task A_run_that_never_reached_the_report_stage_still_shows_its_graph()
    {
        using var fixture = new ReportFixture();
        ReportWriter.Write(fixture.Page, null, LedgerFixture.Write());
        await using var opened = await OpenedReport.OpenAsync(fixture.Page);
        Assert.That(opened.Complaints, Is.Empty);
        Assert.That(await opened.Page.Locator(".node").CountAsync(), Is.EqualTo(11));
        Assert.That(await opened.Page.Locator("main").InnerTextAsync(), Does.Contain("The report stage has not run"));
    }

    private static Task<int> Overflow(OpenedPage opened) =>
        opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private const string NamelessElements =
        """
        () => [...document.querySelectorAll("button, a, input, audio, canvas[role], [role=region], figure[aria-label], table")]
          .filter(e => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.[0]?.textContent.trim()))
          .map(e => e.outerHTML.slice(0, 120))
        """;

    /// <summary>Lowest contrast (WCAG 2.2) of text and state colours on what they stand on.</summary>
    private const string ContrastOfPalette =
        """
        () => {
          const style = getComputedStyle(document.documentElement);
          const luminance = name => {
            const hex = style.getPropertyValue(name).trim();
            const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const pairs = ["--text", "--muted", "--accent", "--good", "--bad", "--warn", "--info", "--calm"].map(name => [name, "--surface"])
            .concat(["--text", "--muted"].map(name => [name, "--page"]), ["good", "bad", "warn", "info", "calm"].map(name => [`--${name}`, `--${name}-tint`]));
          return Math.min(...pairs.map(([front, back]) => {
            const [a, b] = [luminance(front), luminance(back)].sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05);
          }));
        }
        """;
}
