using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>Writes down what an observer sees.</summary>
internal sealed class Transcript : IRunObserver
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public IEnumerable<string> StatesOf(StageId stage) =>
        _lines.Where(line => line.StartsWith($"{stage} is ", StringComparison.Ordinal))
            .Select(line => line[$"{stage} is ".Length..]);

    public void StateChanged(StageId stage, StageState state, string reason) => _lines.Add($"{stage} is {state}");

    public void Progressed(StageId stage, StageProgress progress) =>
        _lines.Add($"{stage} {progress.Done}/{progress.Total} {progress.Unit}");

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress) =>
        _lines.Add($"{stage} {direction.ToString().ToLowerInvariant()} {progress.Bytes}/{progress.Total}");

    public void Logged(StageId stage, string line) => _lines.Add($"{stage}: {line}");
}
