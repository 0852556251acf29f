using Tmrvc.Build.Plans;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests;

public sealed class PlanTests
{
    private static readonly Plan Sample = new(
    [
        new PlannedStage("MelStatistics", PlannedState.Fresh, "up to date", [], [], 1_500),
        new PlannedStage("Phase0", PlannedState.Run, "settings.lr changed", [new Change("settings.lr", "0.0002", "4E-05")], ["code changed"], null) { Expected = new Expectation("GPU", 2.5, Estimate.Exactly(0.5), IsRecorded: true) },
    ]);

    [Test]
    public void A_plan_lists_states_reasons_sizes_time_and_cost()
    {
        Assert.That(PlanText.Lines(Sample, explained: false), Is.EqualTo(new[]
        {
            "MelStatistics  fresh    up to date  (1.5 kB)",
            "Phase0         run      settings.lr changed  (about 30:00 min, $1.25)",
            "    note: code changed",
            "2 stages: 1 fresh, 1 run, about 30:00 min, $1.25",
        }));
    }

    [Test]
    public void A_plan_tells_what_stays_in_the_cache_and_what_is_brought()
    {
        var plan = new Plan(
        [
            new PlannedStage("Phase0", PlannedState.Cached, "up to date", [], [], 40_000_000),
            new PlannedStage("Report", PlannedState.Restore, "the cache has it", [], [], 1_500) { Download = 1_500 },
        ]);

        Assert.That(PlanText.Lines(plan, explained: false), Is.EqualTo(new[]
        {
            "Phase0  cached   up to date  (40 MB)",
            "Report  restore  the cache has it  (1.5 kB, at most 1.5 kB of it to fetch)",
            "2 stages: 1 cached, 1 restore, at most 1.5 kB to fetch",
        }));
    }

    [Test]
    public void The_total_names_what_nobody_knows_the_length_of()
    {
        Plan Of(params string[] unknown) => new([Sample.Stages[1], .. unknown.Select(stage => new PlannedStage(stage, PlannedState.Run, "", [], [], null))]);

        Assert.That(
            (Last(Of("Report")), Last(Of("Trajectories", "DistillA", "Student", "Report")), Last(new Plan([.. Of("Report").Stages.Skip(1)]))), Is.EqualTo((
                "2 stages: 2 run, about 30:00 min and 1 stage of unknown length (Report), $1.25",
                "5 stages: 5 run, about 30:00 min and 4 stages of unknown length (Trajectories, DistillA, Student, …), $1.25",
                "1 stage: 1 run, 1 stage of unknown length (Report)")));
        static string Last(Plan plan) => PlanText.Lines(plan, explained: false).Last();
    }

    [Test]
    public void Newer_code_behind_fresh_stages_is_one_line_unless_it_is_explained()
    {
        static PlannedStage Older(string stage) => new(stage, PlannedState.Fresh, "up to date", [], ["the code changed"], null) { HasNewerCode = true };
        var plan = new Plan([Older("MelStatistics"), Older("Phase0")]);

        Assert.That(PlanText.Lines(plan, explained: false).Skip(2).First(), Is.EqualTo(
            "note: the code behind 2 stages changed since they ran; their versions did not, so they count as fresh (--explain names them, --force runs them again)"));
        Assert.That(PlanText.Lines(plan, explained: false), Has.None.Contains("the code changed"));
        Assert.That(PlanText.Lines(plan, explained: true), Has.Exactly(2).EqualTo("    note: the code changed").And.None.Contains("--explain"));
    }

    [Test]
    public void An_explained_plan_shows_old_and_new()
    {
        Assert.That(PlanText.Lines(Sample, explained: true), Has.Member("    lr: 0.0002 → 4E-05"));
    }

    [Test]
    public void A_change_is_told_once_by_the_key_that_sets_it()
    {
        var folder = new Change("input.recordings", $"folder {new string('a', 64)}", "absent");
        var plan = new Plan([new PlannedStage(
            "Phase0", PlannedState.Run, "phases.0.lr: 0.0002 → 4E-05 (and 1 more)", [new Change("settings.phase.lr", "0.0002", "4E-05"), folder], [], null)]);

        Assert.That(PlanText.Lines(plan, explained: true).SkipLast(1), Is.EqualTo(new[]
        {
            "Phase0  run      phases.0.lr: 0.0002 → 4E-05 (and 1 more)", "    input.recordings: folder aaaaaaaaaaaa → absent",
        }));
    }

    [TestCase("Phase1a", "settings.phase.losses.ir", "phases.1a.losses.ir")]
    [TestCase("MelStatistics", "settings.clamp", "mel_statistics.clamp")]
    [TestCase("GatePhase0", "settings.secs", "gates.0.secs")]
    [TestCase("FeaturesVctk", "settings.signal.hop_length", "signal.hop_length")]
    [TestCase("Report", "input.evaluation", "input.evaluation")]
    public void A_setting_is_called_as_it_is_set_where_that_is_known(string stage, string what, string expected) =>
        Assert.That(SettingKeys.Of(stage, what), Is.EqualTo(expected));

    [Test]
    public void A_plan_without_stages_says_so()
    {
        Assert.That(PlanText.Lines(new Plan([]), explained: true), Is.EqualTo(new[] { "no stages" }));
    }
}
