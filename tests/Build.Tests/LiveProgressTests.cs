using Tmrvc.ArtifactStore;
using Tmrvc.Build.Progress;
using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LiveProgressTests
{
    private readonly ManualClock _clock = new();
    private readonly StringWriter _terminal = new();
    private int _columns = 80;
    private readonly TerminalScreen _screen;
    private readonly ScreenWriter _output;
    private readonly LiveObserver _observer;

    public LiveProgressTests()
    {
        _screen = new TerminalScreen(_terminal, () => _columns);
        _output = new ScreenWriter(_screen, _terminal);
        _observer = new LiveObserver(_screen, _output, stages: 8, _clock);
    }

    [Test]
    public void Each_running_stage_has_a_line_with_a_bar_below_what_has_happened()
    {
        Train();
        _observer.StateChanged("FeaturesFolder", StageState.Running, "new");
        _clock.Advance(2);
        _observer.Progressed("FeaturesFolder", new StageProgress(3, 4, "files"));

        Assert.That(Picture(), Is.EqualTo(new[]
        {
            "[Phase0] runs: new",
            "[FeaturesFolder] runs: new",
            "Phase0         ███░░░░░ 60/150 steps, 9.0 s left, 10 steps/s, loss 1.25",
            "FeaturesFolder ██████░░ 3/4 files",
            "0 of 8 stages settled, 7.0 s",
        }));
    }

    [Test]
    public void A_wide_terminal_has_room_for_longer_bars_and_a_narrow_one_for_none()
    {
        _columns = 120;
        Train();
        Assert.That(Picture()[1], Is.EqualTo("Phase0 ████████░░░░░░░░░░░░ 60/150 steps, 9.0 s left, 10 steps/s, loss 1.25"));

        _columns = 40;
        _clock.Advance(1);
        _observer.Progressed("Phase0", new StageProgress(75, 150, "steps", "loss 1.20"));
        Assert.That(_terminal.ToString(), Does.Contain("Phase0 75/150 steps, 6.9 s left, 10.…\n"));
    }

    [Test]
    public void What_is_written_meanwhile_stands_above_and_leaves_nothing_of_the_lines_behind()
    {
        Train();
        _output.WriteLine("SIGINT: saving");
        _observer.Logged("Phase0", "Stopped after step 60");
        _observer.StateChanged("Phase0", StageState.Interrupted, "");

        Assert.That(Picture(), Is.EqualTo(new[] { "[Phase0] runs: new", "SIGINT: saving", "[Phase0] Stopped after step 60", "" }));
    }

    [Test]
    public void A_terminal_made_narrower_is_cleared_of_the_rows_that_its_lines_were_broken_into()
    {
        Train();
        _terminal.GetStringBuilder().Clear();
        _columns = 50; // 71 characters of the first line are two rows now
        _output.WriteLine("x");

        Assert.That(_terminal.ToString(), Does.StartWith("\r\x1b[2A\x1b[J"));
    }

    [Test]
    public void Where_nothing_is_known_yet_the_line_tells_for_how_long()
    {
        _observer.StateChanged("Phase0", StageState.Running, "new");
        _clock.Advance(62);
        _observer.StateChanged("MelStatistics", StageState.Fresh, "");

        Assert.That(Picture()[1..], Is.EqualTo(new[] { "Phase0 for 1:02 min", "1 of 8 stages settled, 1:02 min" }));
    }

    [Test]
    public void Content_on_its_way_is_shown_until_it_has_arrived_or_not()
    {
        _observer.Transferring("Phase0", TransferDirection.Upload, new TransferProgress(1, 2, 1));
        Assert.That(Picture(), Is.EqualTo(new[] { "Phase0 ↑ ████░░░░ pushing 1 B of 2 B", "0 of 8 stages settled, 0.0 s" }));
        _clock.Advance(1);
        _observer.Transferring("Phase0", TransferDirection.Upload, default);
        Assert.That(Picture(), Is.EqualTo(new[] { "" }));
    }

    private void Train()
    {
        _observer.StateChanged("Phase0", StageState.Running, "new");
        _observer.Progressed("Phase0", new StageProgress(10, 150, "steps", "loss 2.5"));
        _clock.Advance(5);
        _observer.Progressed("Phase0", new StageProgress(60, 150, "steps", "loss 1.25"));
    }

    private string[] Picture() => TerminalPicture.Of(_terminal.ToString(), _columns);
}
