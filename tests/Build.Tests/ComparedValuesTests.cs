using Tmrvc.ArtifactStore;
using Tmrvc.Build.Comparisons;
using Tmrvc.BuildGraph;
using Tmrvc.Reporting;

namespace Tmrvc.Build.Tests;

public sealed class ComparedValuesTests
{
    [Test]
    public void A_figure_that_two_bars_are_set_for_has_a_row_for_each()
    {
        var here = Judged(new("RT60 error", "0.3", "≤ 0.2 s", false), new("RT60 error", "0.3", "≤ 0.8 × 0.5", true), new("UTMOS", "4", "≥ 3.8", true));
        var there = Judged(new("RT60 error", "0.1", "≤ 0.2 s", true), new("UTMOS", "4", "≥ 3.8", true));

        Assert.That(ComparedValues.Verdict("GatePhase2", here, there).Rows, Is.EqualTo(new ComparisonRow[]
        {
            new("RT60 error", "0.3 (≤ 0.2 s: did not pass)", "0.1 (≤ 0.2 s)"),
            new("RT60 error, bar 2", "0.3 (≤ 0.8 × 0.5)", ""),
            new("UTMOS", "4 (≥ 3.8)", "4 (≥ 3.8)"),
        }));
    }

    private static ComparedResult Judged(params GateCheck[] checks) => new("here", new Dictionary<StageId, ActionRecord>
    {
        ["GatePhase2"] = new()
        {
            Key = ContentHash.Of("key"u8),
            Stage = "GatePhase2",
            Outputs = [],
            Manifest = [],
            Hardware = new Hardware("", 1, 0, "", ""),
            MissReason = "",
            Verdict = new GateVerdict(checks),
        },
    }, []);
}
