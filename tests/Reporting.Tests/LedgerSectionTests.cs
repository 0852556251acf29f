using Microsoft.Playwright;
using Tmrvc.BuildGraph;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

/// <summary>Costs, provenance, quarantine and margins of the opened report.</summary>
[Category("Browser")]
public sealed class LedgerSectionTests
{
    private ReportFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task Write_the_page()
    {
        _fixture = new ReportFixture();
        var ledger = LedgerFixture.Write();
        var rejected = Enumerable.Range(0, 20).Select(index => new RejectedItem($"voices/{index:00}.wav", index < 15 ? $"too short: 0.{index:00} s, 0.5 s or more is allowed" : "no speech was found in it"));
        ReportWriter.Write(_fixture.Page, await _fixture.WriteContentAsync(), ledger with
        {
            Stages = [.. ledger.Stages.Select(stage => stage.Id == "PreprocessPrompts" ? stage with { Quarantine = [.. rejected] } : stage)],
        });
    }

    [OneTimeTearDown]
    public void Remove_the_page() => _fixture.Dispose();

    [Test]
    public async Task Each_stage_has_what_it_took_beside_what_was_expected_and_a_total()
    {
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        var rows = opened.Page.Locator("#costs tbody tr");
        Assert.That(await rows.CountAsync(), Is.EqualTo(LedgerFixture.Write().Stages.Count + 1));
        Assert.That(await rows.Nth(6).InnerTextAsync(), Does.Match(@"Phase0\s+ran\s+4 min 2 s\s+5 min 0 s\s+0.81 ×\s+\$0.08\s+\$0.10"));
        Assert.That(await rows.Last.InnerTextAsync(), Does.Match(@"Total\s+8 min 50 s\s+\$0.08\s+\$0.10"));
        var widths = await opened.Page.Locator("#costs .meter > div").EvaluateAllAsync<double[]>("bars => bars.map(bar => bar.getBoundingClientRect().width / bar.parentNode.getBoundingClientRect().width)");
        Assert.That(widths[6], Is.EqualTo(1).Within(0.01), "the longest");
        Assert.That(widths[2], Is.EqualTo(93.7 / 241.8).Within(0.01));
    }

    [Test]
    public async Task An_artifact_tells_its_key_inputs_versions_settings_revision_and_when_and_where_it_was_made()
    {
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        var phase = opened.Page.Locator("[data-provenance=Phase0]");
        await phase.Locator("summary").First.ClickAsync();
        await phase.Locator(".entries").Last.WaitForAsync();
        var stage = LedgerFixture.Write().Stages.Single(stage => stage.Id == "Phase0");
        var text = await phase.InnerTextAsync();
        Assert.That(text, Does.Contain(stage.Key).And.Contain(stage.Outputs[0].Sha256).And.Contain("8a41c07").And.Contain("AMD EPYC, 2 cores, 25 GB").And.Contain("14 Mar 2026"));
        Assert.That(text, Does.Match(@"features\s+FeaturesPrompts/shards").And.Match(@"libtorch\s+1.13.1"));
        Assert.That(text, Does.Match(@"Settings\s+lr\s+0.0004\s+Settings left at their defaults \(not part of the key\)\s+ema\s+0.999"));
    }

    [Test]
    public async Task Many_rejected_files_are_counted_by_reason_and_listed_on_demand()
    {
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        var quarantine = opened.Page.Locator("#quarantine");
        Assert.That(await quarantine.Locator(".tallies li").AllInnerTextsAsync(), Is.SupersetOf(new[] { "15 too short", "5 no speech was found in it" }));
        Assert.That(await quarantine.Locator("tbody tr").CountAsync(), Is.EqualTo(8));
        await quarantine.Locator("summary").ClickAsync();
        await quarantine.Locator("tbody tr").Nth(20).WaitForAsync();
        Assert.That(await quarantine.Locator("tbody tr").CountAsync(), Is.EqualTo(21), "and one that a stage noted itself");
    }

    [Test]
    public async Task Every_check_that_failed_is_in_sight()
    {
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        var rows = await opened.Page.EvaluateAsync<int[]>("""
            async () => {
              const { gatesPart } = await import('gates');
              const checks = [...Array(20).keys()].map(index => ({ name: `check ${index}`, found: "0.5", allowed: "≥ 1", passed: index >= 15 }));
              const part = gatesPart([{ stage: "Parity", passed: false, checks }]);
              return [part.querySelectorAll(".more tbody tr").length, part.querySelectorAll("tbody tr").length];
            }
            """);
        Assert.That(rows, Is.EqualTo(new[] { 5, 20 }));
    }

    [Test]
    public async Task A_margin_is_positive_on_the_allowed_side_of_the_bar()
    {
        (string Found, string Allowed, double? Margin)[] checks =
        [
            ("0.7761 ± 0.0326 (n = 8)", "≥ 0.6152, 0.7500 of the way from -0.1166", 0.1609),
            ("0.9184 ± 0.0136 (n = 8)", "≤ 1.2500 × 0.7894, that of Phase1b", 0.06835),
            ("-0.0019", "≥ -0.0200", 0.0181), ("3.2e-5", "≤ 5.0e-5", 1.8e-5), ("0.61", "> 0.7", -0.09),
            ("1.09 → 0.38", "≤ 2", null), ("0.1391", "a number", null),
        ];
        await using var opened = await OpenedReport.OpenAsync(_fixture.Page);
        var read = await opened.Page.EvaluateAsync<double?[]>(
            "async checks => { const { marginOf } = await import('margin'); return checks.map(([found, allowed]) => marginOf({ found, allowed })?.margin ?? null); }",
            checks.Select(check => new[] { check.Found, check.Allowed }));
        foreach (var (margin, check) in read.Zip(checks))
            Assert.That(margin, check.Margin is { } known ? Is.EqualTo(known).Within(1e-9) : Is.Null, check.Found);
    }
}
