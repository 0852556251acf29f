using Tmrvc.ArtifactStore;
using Tmrvc.Build.Progress;
using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgressTests
{
    private readonly ManualClock _clock = new();
    private readonly StringWriter _output = new();

    [Test]
    public void A_training_stage_tells_rate_and_time_left_from_where_it_resumed()
    {
        var meter = new ProgressMeter(_clock);
        meter.Describe(new StageProgress(400, 1000, "steps"));
        _clock.Advance(50);

        Assert.That(
            meter.Describe(new StageProgress(500, 1000, "steps", "loss 0.412")),
            Is.EqualTo("500/1000 steps, loss 0.412, 2 steps/s, 4:10 min left"));
    }

    [Test]
    public void Bytes_are_told_in_decimal_units()
    {
        var meter = new ProgressMeter(_clock);
        meter.Describe(new StageProgress(0, 11_747_302_977, "bytes"));
        _clock.Advance(2);

        Assert.That(
            meter.Describe(new StageProgress(3_000_000, 11_747_302_977, "bytes")),
            Is.EqualTo("3 MB of 11.7 GB, 1.5 MB/s, 2:10:29 h left"));
    }

    [Test]
    public void Lines_name_their_stage_and_progress_comes_at_most_every_five_seconds()
    {
        var observer = new LineObserver(_output, _clock);
        observer.StateChanged("Phase0", StageState.Running, "settings.lr changed");
        for (var step = 1; step <= 100; step++)
        {
            _clock.Advance(0.1);
            observer.Progressed("Phase0", new StageProgress(step, 100, "steps"));
        }
        observer.StateChanged("Phase0", StageState.Ran, "");

        Assert.That(Lines(), Is.EqualTo(new[]
        {
            "[Phase0] runs: settings.lr changed",
            "[Phase0] 1/100 steps",
            "[Phase0] 51/100 steps, 10 steps/s, 4.9 s left",
            "[Phase0] 100/100 steps, 10 steps/s",
            "[Phase0] done in 10.0 s",
        }));
    }

    [Test]
    public void Content_on_its_way_is_told_with_its_rate_and_what_does_not_arrive_ends_in_silence()
    {
        var observer = new LineObserver(_output, _clock);
        foreach (var bytes in new[] { 0, 10_000_000, 20_000_000 })
        {
            observer.Transferring("Phase0", TransferDirection.Upload, new TransferProgress(bytes, 20_000_000, bytes));
            _clock.Advance(5);
        }
        observer.Transferring("Report", TransferDirection.Download, new TransferProgress(1_000, 5_000, 1_000));
        observer.Transferring("Report", TransferDirection.Download, default);

        Assert.That(Lines(), Is.EqualTo(new[]
        {
            "[Phase0] pushing 10 MB of 20 MB, 2 MB/s, 5.0 s left",
            "[Phase0] pushed 20 MB in 10.0 s (2 MB/s)",
        }));
    }

    [Test]
    public void Only_what_travelled_is_in_amounts_and_rates_and_each_end_is_told_once()
    {
        var observer = new LineObserver(_output, _clock);
        void Push(StageId stage, params TransferProgress[] told)
        {
            foreach (var progress in told)
            {
                observer.Transferring(stage, TransferDirection.Upload, progress);
                _clock.Advance(5);
            }
        }

        Push("Phase0", new(0, 20_000_000, 0), new(15_000_000, 20_000_000, 5_000_000), new(20_000_000, 20_000_000, 10_000_000));
        Push("Report", new(0, 3_000_000, 0), new(3_000_000, 3_000_000, 0));
        observer.Transferring("Report", TransferDirection.Download, new TransferProgress(3_000_000, 3_000_000, 0));

        Assert.That(Lines(), Is.EqualTo(new[]
        {
            "[Phase0] pushing 5 MB of 10 MB, 1 MB/s, 5.0 s left",
            "[Phase0] pushed 10 MB in 10.0 s (1 MB/s), 10 MB already there",
            "[Report] 3 MB already there",
            "[Report] 3 MB already here",
        }));
    }

    [Test]
    public void What_pull_and_push_came_to_names_what_travelled()
    {
        StageTransfer Stage(string stage, TransferResult result, long travelled) =>
            new(stage, null, result, 20_000_000, travelled, TimeSpan.Zero, "");
        TransferSummary Summary(params StageTransfer[] stages) => new(stages, TimeSpan.FromSeconds(4));

        Assert.That(TransferText.Lines(Summary(
            Stage("Phase0", TransferResult.Moved, 20_000_000), Stage("Report", TransferResult.Moved, 4_000_000)), "pushed"), Is.EqualTo(new[]
        {
            "Phase0  pushed  20 MB",
            "Report  pushed  20 MB, 4 MB of it travelled",
            "2 stages: 2 pushed; 24 MB in 4.0 s (6 MB/s)",
        }));
        Assert.That(TransferText.Lines(Summary(Stage("Phase0", TransferResult.AlreadyThere, 0)), "pushed"), Is.EqualTo(new[]
        {
            "Phase0  was there  20 MB",
            "1 stage: 0 pushed, 1 there already; nothing had to travel, in 4.0 s",
        }));
    }

    [Test]
    public void Fresh_and_blocked_stages_are_silent()
    {
        var observer = new LineObserver(_output, _clock);
        observer.StateChanged("Phase0", StageState.Fresh, "");
        observer.StateChanged("Report", StageState.Blocked, "Phase0 failed");

        Assert.That(_output.ToString(), Is.Empty);
    }

    [TestCase(StageState.Fresh, StageState.Fresh, "2 stages fresh")]
    [TestCase(StageState.Ran, StageState.Fresh, "2 stages: 1 ran, 1 fresh in 1:05 min")]
    [TestCase(StageState.Failed, StageState.Blocked, "2 stages: 1 failed, 1 blocked in 1:05 min")]
    public void The_summary_counts_states(StageState first, StageState second, string expected)
    {
        var summary = new RunSummary(RunResult.Done, [Outcome("Phase0", first), Outcome("Report", second)], default, TimeSpan.FromSeconds(65), 0);

        Assert.That(SummaryText.Of(summary, _ => TimeSpan.Zero), Is.EqualTo(expected));
    }

    [Test]
    public void The_summary_tells_what_travelled_and_how_fast()
    {
        var stages = new[]
        {
            Outcome("FetchPrompts", StageState.Cached), Outcome("Phase0", StageState.Restored) with { Downloaded = 40_000_000 },
            Outcome("Report", StageState.Ran) with { Uploaded = 3_000_000 },
        };
        var summary = new RunSummary(RunResult.Done, stages, default, TimeSpan.FromSeconds(65), 0) { NotPushed = 2 };

        Assert.That(SummaryText.Of(summary, direction => TimeSpan.FromSeconds(direction == TransferDirection.Download ? 4 : 2)), Is.EqualTo(
            "3 stages: 1 restored, 1 cached, 1 ran in 1:05 min; fetched 40 MB in 4.0 s (10 MB/s); pushed 3 MB in 2.0 s (1.5 MB/s); "
            + "2 still to be pushed, by the next run"));
    }

    [Test]
    public void Transfers_of_several_stages_at_once_take_the_time_of_the_longest()
    {
        var watch = new TransferWatch(new SilentObserver(), _clock);
        void At(double seconds, StageId stage, long bytes)
        {
            _clock.Advance(seconds);
            watch.Transferring(stage, TransferDirection.Upload, new TransferProgress(bytes, 10, bytes));
        }

        At(0, "Phase0", 1);
        At(1, "Report", 1);
        At(1, "Phase0", 10);
        At(2, "Report", 10);
        At(100, "GatePhase0", 1);
        At(3, "GatePhase0", 10);

        Assert.That(watch.Took(TransferDirection.Upload), Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(watch.Took(TransferDirection.Download), Is.EqualTo(TimeSpan.Zero));
    }

    private static StageOutcome Outcome(string stage, StageState state) => new(stage, state, "", null, TimeSpan.Zero, [], null);

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
