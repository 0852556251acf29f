using System.Reflection;
using Microsoft.Playwright;
using Tmrvc.Browser;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>The report without a mouse, and as axe-core judges it.</summary>
[Category("Browser")]
public sealed class AccessibilityTests : WrittenPage
{
    [Test]
    public async Task Axe_finds_nothing_serious_on_a_light_desktop_nor_on_a_dark_phone([Values] bool phone)
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page, phone ? ScreenLook.Phone with { Dark = true } : ScreenLook.Desktop);
        await opened.OpenEveryFoldAsync();
        Assert.That(await Axe(opened.Page, "html"), Is.Empty);
        await opened.Page.EvaluateAsync("() => document.querySelector('main').append(document.createElement('button'))");
        Assert.That(await Axe(opened.Page, "main > button"), Has.One.StartsWith("critical button-name"), "it does look");
    }

    [Test]
    public async Task The_first_tab_stop_skips_to_the_report_and_each_one_shows_where_it_is()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.That(await Focused(opened.Page, "element.textContent"), Is.EqualTo("Skip to the report"));
        var invisible = new List<string>();
        for (var stop = 0; stop < 40; stop++)
        {
            if (await Focused(opened.Page, "getComputedStyle(element).outlineStyle") == "none")
                invisible.Add(await Focused(opened.Page, "element.outerHTML.slice(0, 100)"));
            await opened.Page.Keyboard.PressAsync("Tab");
        }
        Assert.That(invisible, Is.Empty);
    }

    [Test]
    public async Task From_the_skip_link_a_fold_and_its_player_are_reached_and_opened_by_keys_alone()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.Page.Keyboard.PressAsync("Tab");
        await opened.Page.Keyboard.PressAsync("Enter");
        await TabTo(opened.Page, "element.matches('.sample:nth-of-type(2) > summary')");
        Assert.That(await opened.Page.Locator(".sample").Nth(1).Locator("audio").CountAsync(), Is.Zero, "drawn when it is opened");
        await opened.Page.Keyboard.PressAsync("Enter");
        await opened.Page.Locator(".sample").Nth(1).Locator("audio").First.WaitForAsync();
        await TabTo(opened.Page, "element.matches('.sample:nth-of-type(2) audio')");
        Assert.That(await Focused(opened.Page, "element.getAttribute('aria-label')"), Does.Contain("Семь"));
    }

    private static async Task TabTo(IPage page, string condition)
    {
        for (var stop = 0; stop < 80; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await Focused(page, $"String({condition})") == "true")
                return;
        }
        Assert.Fail($"80 tab stops did not reach {condition}");
    }

    private static Task<string> Focused(IPage page, string expression) =>
        page.EvaluateAsync<string>($"() => {{ const element = document.activeElement; return {expression}; }}");

    /// <returns>Impact, rule, and the first element of each serious or critical violation.</returns>
    private static async Task<string[]> Axe(IPage page, string inside)
    {
        await page.EvaluateAsync(AxeSource.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async inside => {
              const { violations } = await axe.run(inside, { resultTypes: ["violations"] });
              return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
                .map(({ impact, id, nodes }) => `${impact} ${id}, ${nodes.length} elements: ${nodes[0].html.slice(0, 200)}`);
            }
            """, inside);
    }

    private static readonly Lazy<string> AxeSource = new(() =>
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    });
}
