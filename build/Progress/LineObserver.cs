using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>
/// Plain lines that grep can read, each beginning with <c>[Stage]</c>: when a stage starts and settles, its log, and its progress
/// at most every few seconds. Fresh stages are silent; what travels for less than that is told at its end alone.
/// </summary>
internal sealed class LineObserver(TextWriter output, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly StageClocks _clocks = new(clock);
    private readonly Dictionary<string, long> _lastShown = [];

    public void StateChanged(StageId stage, StageState state, string reason)
    {
        if (_clocks.Line(stage, state, reason) is { } line)
            output.WriteLine(line);
    }

    public void Progressed(StageId stage, StageProgress progress) =>
        ShowNowAndThen(stage, stage.Value, _clocks.Progress(stage, progress), progress.Done >= progress.Total);

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress)
    {
        var (what, ends) = ($"{stage} {direction}", progress.Bytes >= progress.Total);
        var begins = _lastShown.TryAdd(what, clock.GetTimestamp());
        if (_clocks.Transfer(stage, direction, progress) is { } text && (ends || !begins))
            ShowNowAndThen(stage, what, text, ends);
        if (ends)
            _lastShown.Remove(what);
    }

    public void Logged(StageId stage, string line) => output.WriteLine($"[{stage}] {line}");

    private void ShowNowAndThen(StageId stage, string what, string text, bool ends)
    {
        if (_lastShown.TryGetValue(what, out var last) && clock.GetElapsedTime(last) < Interval && !ends)
            return;
        _lastShown[what] = clock.GetTimestamp();
        output.WriteLine($"[{stage}] {text}");
    }
}
