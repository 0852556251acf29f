using Microsoft.Playwright;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>Pictures and sounds of the opened report.</summary>
[Category("Browser")]
public sealed class SampleSectionTests : WrittenPage
{
    [Test]
    public async Task Target_and_generated_pictures_stand_side_by_side()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var pictures = opened.Page.Locator(".sample").First.Locator(".mel-picture");
        var (left, right) = ((await pictures.Nth(0).BoundingBoxAsync())!, (await pictures.Nth(1).BoundingBoxAsync())!);
        Assert.That(right.Y, Is.EqualTo(left.Y));
        Assert.That(right.X, Is.GreaterThan(left.X + left.Width));
    }

    [Test]
    public async Task Systems_that_are_compared_stand_in_one_table_with_a_dash_where_one_has_no_such_figure()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var rows = opened.Page.Locator(".figures-card").First.Locator("tr");
        Assert.That(await rows.Nth(0).Locator("th").AllInnerTextsAsync(), Is.EqualTo(new[] { "Figure", "Teacher", "INT8" }));
        Assert.That(await rows.Nth(1).Locator("td").AllInnerTextsAsync(), Is.EqualTo(new[] { "0.8340 ± 0.0160", "0.7100" }));
        Assert.That(await rows.Nth(1).Locator("th").InnerTextAsync(), Does.StartWith("SECS of conversions").And.Contain("of one voice the ceiling"), "the term is explained");
        Assert.That(await rows.Nth(2).Locator("td").AllInnerTextsAsync(), Is.EqualTo(new[] { "–", "40" }));
        Assert.That(await rows.Nth(2).Locator("th").InnerTextAsync(), Does.StartWith("Latency, ms"));
    }

    [Test]
    public async Task A_figure_is_explained_by_the_most_particular_entry_that_fits_and_an_unknown_one_by_none()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var meanings = await opened.Page.EvaluateAsync<string[]>(
            "async names => { const { meaningOf } = await import('glossary'); return names.map(meaningOf); }",
            new[] { "SECS of conversions in rooms", "SECS of conversions to unheard voices", "mel L1", "Colour of the sky" });
        Assert.That(meanings[0], Does.Contain("in a room"));
        Assert.That(meanings[1], Does.Contain("the voice asked for"));
        Assert.That(meanings[2], Does.Contain("log-mel"));
        Assert.That(meanings[3], Is.Empty);
    }

    [Test]
    public async Task A_picture_has_the_lowest_band_at_the_bottom_and_the_colours_of_its_levels()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var wrong = await opened.Page.EvaluateAsync<int>(
            """
            async () => {
              const { MAGMA } = await import("colormap");
              const { content, bytesOf } = await import("data");
              const mel = content.evaluations[0].samples[0].signals[0].mel;
              const levels = bytesOf(mel.levels);
              const pixels = document.querySelector(".mel-picture canvas").getContext("2d").getImageData(0, 0, mel.frames, mel.bins).data;
              let wrong = 0;
              for (let bin = 0; bin < mel.bins; bin++)
                for (let frame = 0; frame < mel.frames; frame++)
                  for (let c = 0; c < 3; c++)
                    if (pixels[((mel.bins - 1 - bin) * mel.frames + frame) * 4 + c] !== MAGMA[levels[bin * mel.frames + frame] * 4 + c]) wrong++;
              return wrong;
            }
            """);
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public async Task The_colour_map_grows_brighter_from_level_to_level()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var lightness = await opened.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const { MAGMA } = await import("colormap");
              return Array.from({ length: 256 }, (_, i) => 0.2126 * MAGMA[4 * i] + 0.7152 * MAGMA[4 * i + 1] + 0.0722 * MAGMA[4 * i + 2]);
            }
            """);
        Assert.That(lightness.Where((_, i) => i % 8 == 0), Is.Ordered.Ascending);
        Assert.That(lightness[255] - lightness[0], Is.GreaterThan(240));
    }

    [Test]
    public async Task A_difference_is_shown_on_demand_and_pale_where_both_agree()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var difference = opened.Page.Locator(".sample").First.Locator(".difference");
        Assert.That(await difference.IsVisibleAsync(), Is.False);
        await opened.Page.GetByLabel("Show differences").CheckAsync();
        Assert.That(await difference.IsVisibleAsync());
        var (agree, louder) = ("#f5f4f1", "#6b1420");
        var colours = await opened.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { differencePicture } = await import("mel");
              const axes = { secondsPerFrame: 0.01, melFmin: 0, melFmax: 12000, lowest: -10, highest: 0 };
              const mel = levels => ({ axes, mel: { bins: 1, frames: 2, levels: btoa(String.fromCharCode(...levels)) } });
              const { picture } = differencePicture(mel([90, 0]), mel([90, 255]), axes, 0.02, "");
              const pixels = picture.querySelector("canvas").getContext("2d").getImageData(0, 0, 2, 1).data;
              return [0, 4].map(at => "#" + [...pixels.slice(at, at + 3)].map(c => c.toString(16).padStart(2, "0")).join(""));
            }
            """);
        Assert.That(colours, Is.EqualTo(new[] { agree, louder }));
    }

    [TestCase(0, 0.0)]
    [TestCase(1000, 0.30618)]
    [TestCase(12000, 1.0)]
    public async Task A_frequency_stands_at_its_place_on_the_htk_mel_scale(double hertz, double height)
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var found = await opened.Page.EvaluateAsync<double>(
            "async hertz => (await import('mel-axes')).heightOf(hertz, { melFmin: 0, melFmax: 12000 })", hertz);
        Assert.That(found, Is.EqualTo(height).Within(1e-4));
    }

    [Test]
    public async Task The_pointer_reads_time_frequency_and_power_off_a_picture()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var picture = opened.Page.Locator(".mel-picture").First;
        await picture.HoverAsync();
        Assert.That(await picture.Locator(".readout").InnerTextAsync(), Does.Match(@"^1\.\d\d s · 2\d{3} Hz · −?\d+ dB$"));
    }

    [Test]
    public async Task Every_sound_can_be_decoded_and_has_its_length()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.OpenEveryFoldAsync();
        await opened.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.signal audio')].every(audio => audio.readyState > 0)");
        var seconds = await opened.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.signal audio')].map(audio => audio.duration)");
        Assert.That(seconds, Is.EqualTo(new[] { 2.4, 2.4, 1.8, 1.8, 3.1, 2.6, 3.1 }).Within(1e-3));
    }

    [Test]
    public async Task A_click_on_a_picture_plays_its_sound_from_there()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var signal = opened.Page.Locator(".signal").Nth(1);
        await signal.Locator(".mel-picture").ClickAsync();
        await opened.Page.WaitForFunctionAsync("() => document.querySelectorAll('.signal audio')[1].currentTime > 1.15");
        Assert.That(await signal.Locator(".playhead").IsVisibleAsync());
        Assert.That(opened.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_conversion_shows_source_reference_and_result_on_one_time_axis()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        await opened.OpenEveryFoldAsync();
        var conversion = opened.Page.Locator(".sample").Nth(2);
        Assert.That(await conversion.InnerTextAsync(), Does.Contain("Conversion to Carlo-it by Phase0").And.Contain("Source").And.Contain("Reference"));
        var widths = await conversion.Locator(".mel-picture canvas").EvaluateAllAsync<int[]>("all => all.map(canvas => canvas.width)");
        Assert.That(widths, Is.EqualTo(new[] { 310, 310, 310 }));
    }
}
