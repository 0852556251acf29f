using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

public sealed class RunLedgerReadingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 15, 0, 0, TimeSpan.Zero);
    private static readonly ContentHash Hash = ContentHash.Of("content"u8);

    private static readonly StageGraph Graph = new([new Listing("Phase0"), new Judge("GatePhase0", "Phase0"), new Listing("Export", new StageInput.Passed("gate", "GatePhase0"))]);

    [Test]
    public void Beside_the_recorded_cost_stands_the_recorded_time_however_long_this_run_was_at_it()
    {
        var nine = TimeSpan.FromSeconds(9);
        var ledger = Read(
            Outcome("Phase0", StageState.Ran, nine), Outcome("GatePhase0", StageState.Fresh, TimeSpan.Zero),
            Outcome("Export", StageState.Failed, nine) with { Record = null });
        Assert.That(ledger.Stages.Select(stage => stage.Duration), Is.EqualTo(new TimeSpan?[] { TimeSpan.FromHours(0.5), TimeSpan.FromHours(0.5), nine }));
    }

    [Test]
    public void What_a_stage_had_been_expected_to_take_stands_beside_what_it_took()
    {
        var done = Outcome("Phase0", StageState.Ran, TimeSpan.FromSeconds(9));
        var known = done with { Record = done.Record! with { ExpectedHours = new Estimate(12, 24), ExpectedCost = new Estimate(14.4, 28.8) } };
        var stages = Read(known, Outcome("GatePhase0", StageState.Fresh, TimeSpan.Zero)).Stages;
        Assert.That(stages.Select(stage => stage.ExpectedDuration), Is.EqualTo(new TimeSpan?[] { TimeSpan.FromHours(18), null }));
        Assert.That(stages[0].ExpectedCost, Is.EqualTo(21.6).Within(1e-9));
    }

    [Test]
    public void What_travelled_is_told()
    {
        var stage = Read(Outcome("Phase0", StageState.Restored, TimeSpan.Zero) with { Downloaded = 5, Uploaded = 7 }).Stages[0];
        Assert.That((stage.Downloaded, stage.Uploaded), Is.EqualTo((5L, 7L)));
    }

    [Test]
    public void Needs_outputs_key_quarantine_and_metrics_are_those_of_the_engine()
    {
        var ledger = Read(Outcome("Phase0", StageState.Ran, TimeSpan.FromSeconds(9)), Outcome("GatePhase0", StageState.Rejected, TimeSpan.Zero), Blocked("Export"));
        var (phase, gate, export) = (ledger.Stages[0], ledger.Stages[1], ledger.Stages[2]);
        Assert.That((gate.Kind, gate.Needs.Single(), export.Needs.Single()), Is.EqualTo(("gate", "Phase0", "GatePhase0")));
        Assert.That(phase.Outputs.Single(), Is.EqualTo(new StageArtifact("list.txt", Hash.ToString(), 7)));
        Assert.That(phase.Key, Is.EqualTo(Hash.ToString()));
        Assert.That(phase.Quarantine.Single().Reason, Is.EqualTo("is silent"));
        Assert.That(phase.Metrics["final_loss"], Is.EqualTo(0.4));
        Assert.That((export.State, export.Duration, export.Key), Is.EqualTo((StageState.Blocked, (TimeSpan?)null, "")));
    }

    [Test]
    public void The_page_gets_the_start_of_a_long_manifest_and_its_length()
    {
        var stage = Read(Outcome("Phase0", StageState.Fresh, TimeSpan.Zero)).Stages[0];
        Assert.That(stage.Manifest.Count(entry => entry.What.StartsWith("input.", StringComparison.Ordinal)), Is.EqualTo(60));
        Assert.That(stage.Manifest[^1], Is.EqualTo(new ManifestEntry("settings.lr", "0.0002")), "a setting is not crowded out by files");
        Assert.That(stage.ManifestEntries, Is.EqualTo(501));
    }

    [Test]
    public void An_artifact_of_an_earlier_run_tells_when_where_and_from_which_revision_it_was_made()
    {
        var stage = Read(Outcome("Phase0", StageState.Fresh, TimeSpan.Zero)).Stages[0];
        Assert.That((stage.Made, stage.Revision, stage.Machine), Is.EqualTo(((DateTimeOffset?)Start.AddDays(-1), "8a41c07", "EPYC, 2 cores, 25 GB, H100, Debian 12")));
    }

    [Test]
    public void The_run_ended_when_it_had_lasted_its_time() =>
        Assert.That(Read(Outcome("Phase0", StageState.Fresh, TimeSpan.Zero)).Finished, Is.EqualTo(Start.AddSeconds(90)));

    [Test]
    public void A_ledger_is_a_no_op_only_when_every_stage_was_fresh_or_cached()
    {
        Assert.That(LedgerFixture.Write().WithEveryStage(StageState.Cached).IsNoOp);
        Assert.That(LedgerFixture.Write().WithEveryStage(StageState.Fresh).IsNoOp);
        Assert.That(LedgerFixture.Write().IsNoOp, Is.False);
    }

    private static RunLedger Read(params StageOutcome[] outcomes) =>
        new RunSummary(RunResult.Done, outcomes, Start, TimeSpan.FromSeconds(90), 0).ToLedger(Graph, "smoke", "3f9c2d1");

    private static StageOutcome Blocked(StageId id) => new(id, StageState.Blocked, "gate GatePhase0 did not pass", null, TimeSpan.Zero, [], null);

    private static StageOutcome Outcome(StageId id, StageState state, TimeSpan duration)
    {
        var output = new StoredEntry("list.txt", EntryKind.File, Hash, 7, 1);
        return new StageOutcome(id, state, "", null, duration, [new StageOutput("list.txt", "list.txt", output)], new ActionRecord
        {
            Key = Hash,
            Stage = id.Value,
            Outputs = [output],
            Manifest = [.. Enumerable.Range(0, 500).Select(index => new ManifestEntry($"input.audio/{index}.wav", Hash.ToString())), new ManifestEntry("settings.lr", "0.0002")],
            Quarantine = [new RejectedItem("a.wav", "is silent")],
            Metrics = new Dictionary<string, double> { ["final_loss"] = 0.4 },
            Hardware = new Hardware("EPYC", 2, 25_276_510_208, "H100", "Debian 12"),
            Finished = Start.AddDays(-1),
            Revision = "8a41c07",
            Hours = 0.5,
            MissReason = "no record",
        });
    }

    private sealed class Listing(StageId id, params StageInput[] inputs) : ActionStage(id)
    {
        public override string Description => "List";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => inputs;
        public override IReadOnlyList<string> Outputs => ["list.txt"];
        public override Task RunAsync(StageRun run, CancellationToken cancellation) => File.WriteAllTextAsync(run.Output("list.txt"), "", cancellation);
    }

    private sealed class Judge(StageId id, StageId of) : GateStage(id)
    {
        public override string Description => "Judge";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.Output("list", of, "list.txt")];
        public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation) => Task.FromResult(new GateVerdict([]));
    }
}
