using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>
/// For a terminal: the lines of <see cref="LineObserver"/> but for progress, and below them, rewritten in place, one line with a bar
/// for each stage that runs or travels, and one for the whole run.
/// </summary>
/// <param name="stages">How many the run is about.</param>
internal sealed class LiveObserver(TerminalScreen screen, TextWriter output, int stages, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100), Tick = TimeSpan.FromSeconds(1);

    private readonly StageClocks _clocks = new(clock);
    private readonly Dictionary<string, LiveLine> _lines = [];
    private readonly HashSet<StageId> _settled = [];
    private readonly Lock _turn = new();
    private readonly long _began = clock.GetTimestamp();
    private long? _lastShown;
    private ITimer? _ticks;

    /// <summary>Redraws each second from now on, so that times go on where nothing else happens.</summary>
    public LiveObserver Ticking()
    {
        _ticks = clock.CreateTimer(_ => RedrawNowAndThen(), null, Tick, Tick);
        return this;
    }

    public void StateChanged(StageId stage, StageState state, string reason)
    {
        lock (_turn)
        {
            if (state is StageState.Running or StageState.Restoring)
                _lines[stage.Value] = new LiveLine(stage.Value, clock);
            else
                _lines.Remove(stage.Value);
            if (state.IsSettled())
                _settled.Add(stage);
            if (_clocks.Line(stage, state, reason) is { } line)
                output.WriteLine(line);
            Redraw();
        }
    }

    public void Progressed(StageId stage, StageProgress progress)
    {
        lock (_turn)
            Line(stage.Value).Show(Share(progress.Done, progress.Total), _clocks.ProgressInShort(stage, progress));
        RedrawNowAndThen();
    }

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress)
    {
        var what = $"{stage} {(direction == TransferDirection.Upload ? "↑" : "↓")}";
        lock (_turn)
        {
            var text = _clocks.Transfer(stage, direction, progress);
            if (progress.Bytes < progress.Total)
                Line(what).Show(Share(progress.Bytes, progress.Total), text!);
            else
                _lines.Remove(what);
            if (progress.Bytes >= progress.Total && text is not null)
                output.WriteLine($"[{stage}] {text}");
        }
        RedrawNowAndThen(progress.Bytes >= progress.Total);
    }

    public void Logged(StageId stage, string line) => output.WriteLine($"[{stage}] {line}");

    private static double Share(long done, long total) => total > 0 ? (double)done / total : 0;

    private LiveLine Line(string what) => _lines.TryGetValue(what, out var line) ? line : _lines[what] = new LiveLine(what, clock);

    private void RedrawNowAndThen(bool now = false)
    {
        lock (_turn)
            if (now || _lastShown is not { } last || clock.GetElapsedTime(last) >= Interval)
                Redraw();
    }

    private void Redraw()
    {
        _lastShown = clock.GetTimestamp();
        screen.Show(_lines.Count == 0 ? [] : [.. Lines(screen.Room)]);
    }

    private IEnumerable<string> Lines(int room)
    {
        var names = _lines.Keys.Max(name => name.Length);
        var run = $"{_settled.Count} of {stages} stages settled, {Quantity.Time(clock.GetElapsedTime(_began))}";
        return [.. _lines.Values.Select(line => line.Text(names, ProgressBar.Width(room))), .. stages > 0 ? [run] : Array.Empty<string>()];
    }
}
