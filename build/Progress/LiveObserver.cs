using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>For a terminal: the lines of <see cref="LineObserver"/>, and below them one line, rewritten in place, with what runs now.</summary>
internal sealed class LiveObserver(TextWriter output, Func<int> width, TimeProvider clock) : IRunObserver
{
    private const string ClearLine = "\r\x1b[K";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly StageClocks _clocks = new(clock);
    private readonly SortedDictionary<string, string> _running = new(StringComparer.Ordinal);
    private long? _lastShown;

    public void StateChanged(StageId stage, StageState state, string reason)
    {
        var isBusy = state is StageState.Running or StageState.Restoring;
        if (isBusy)
            _running[stage.Value] = "";
        else
            _running.Remove(stage.Value);
        if (_clocks.Line(stage, state, reason) is { } line)
            WriteAbove(line);
        else if (!isBusy)
            Redraw();
    }

    public void Progressed(StageId stage, StageProgress progress)
    {
        _running[stage.Value] = _clocks.Progress(stage, progress);
        RedrawNowAndThen();
    }

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress)
    {
        var what = $"{stage} {(direction == TransferDirection.Upload ? "↑" : "↓")}";
        var text = _clocks.Transfer(stage, direction, progress);
        if (progress.Bytes < progress.Total)
            _running[what] = text!;
        else
            _running.Remove(what);
        if (progress.Bytes >= progress.Total && text is not null)
            WriteAbove($"[{stage}] {text}");
        else
            RedrawNowAndThen();
    }

    public void Logged(StageId stage, string line) => WriteAbove($"[{stage}] {line}");

    private void WriteAbove(string line)
    {
        output.Write(ClearLine);
        output.WriteLine(line);
        Redraw();
    }

    private void RedrawNowAndThen()
    {
        if (_lastShown is not { } last || clock.GetElapsedTime(last) >= Interval)
            Redraw();
    }

    private void Redraw()
    {
        _lastShown = clock.GetTimestamp();
        var text = string.Join("  ·  ", _running.Select(stage => $"{stage.Key} {stage.Value}"));
        var room = Math.Max(0, width() - 1);
        output.Write(ClearLine + (text.Length > room ? text[..room] : text));
        output.Flush();
    }
}
