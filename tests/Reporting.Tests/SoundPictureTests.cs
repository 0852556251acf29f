using Microsoft.Playwright;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>Waveforms and spectrograms, which the page computes from its sounds.</summary>
[Category("Browser")]
public sealed class SoundPictureTests : WrittenPage
{
    [Test]
    public async Task A_tone_is_the_brightest_in_the_bin_of_its_frequency()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var brightest = await opened.Page.EvaluateAsync<int[]>(
            """
            async () => {
              const { decibelsOf } = await import("spectrogram");
              const tone = hertz => Float32Array.from({ length: 1264 }, (_, i) => Math.sin(2 * Math.PI * hertz * i / 24000));
              return [1500, 3000].flatMap(hertz => decibelsOf(tone(hertz)).map(frame => frame.indexOf(Math.max(...frame))));
            }
            """);
        Assert.That(brightest, Is.EqualTo(new[] { 64, 64, 128, 128 }));
    }

    [Test]
    public async Task A_waveform_reaches_from_the_lowest_to_the_highest_sample_of_each_column()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var columns = await opened.Page.EvaluateAsync<double[][]>(
            """
            async () => {
              const { extremes } = await import("waveform");
              return extremes({ samples: Float32Array.of(0.5, -0.25, 0, 0.125), sampleRate: 1200 }, 1);
            }
            """);
        Assert.That(columns, Is.EqualTo(new[] { new[] { -0.25, 0.5 }, [0, 0.125] }));
    }

    [Test]
    public async Task Waveforms_are_drawn_when_they_are_seen_and_spectrograms_on_demand()
    {
        await using var opened = await OpenedReport.OpenAsync(Fixture.Page);
        var spectrum = opened.Page.Locator(".spectrum canvas").First;
        await opened.Page.Locator(".waveform canvas").First.ScrollIntoViewIfNeededAsync();
        await opened.Page.WaitForFunctionAsync($"() => ({Painted})(document.querySelector('.waveform canvas'))");
        Assert.That(await spectrum.IsVisibleAsync(), Is.False);
        await opened.Page.GetByLabel("Show spectrograms").CheckAsync();
        await opened.Page.WaitForFunctionAsync($"() => ({Painted})(document.querySelector('.spectrum canvas'))");
        Assert.That(await spectrum.EvaluateAsync<int>("canvas => canvas.width"), Is.EqualTo(240), "a column each 10 ms");
        Assert.That(opened.Complaints, Is.Empty);
    }

    private const string Painted = "canvas => canvas.toDataURL() !== Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).toDataURL()";
}
