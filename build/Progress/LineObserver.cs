using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>
/// Plain lines that grep can read, each beginning with <c>[Stage]</c>: when a stage starts and settles, its log, and its progress
/// at most every few seconds. Fresh stages are silent.
/// </summary>
internal sealed class LineObserver(TextWriter output, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly StageClocks _clocks = new(clock);
    private readonly Dictionary<StageId, long> _lastShown = [];

    public void StateChanged(StageId stage, StageState state, string reason)
    {
        if (_clocks.Line(stage, state, reason) is { } line)
            output.WriteLine(line);
    }

    public void Progressed(StageId stage, StageProgress progress)
    {
        var text = _clocks.Progress(stage, progress);
        if (_lastShown.TryGetValue(stage, out var last) && clock.GetElapsedTime(last) < Interval && progress.Done < progress.Total)
            return;
        _lastShown[stage] = clock.GetTimestamp();
        output.WriteLine($"[{stage}] {text}");
    }

    public void Logged(StageId stage, string line) => output.WriteLine($"[{stage}] {line}");
}
