using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Services;

/// <summary>Moves what the profile's lock files name between here and the cache, and lists it.</summary>
internal sealed class LockedArtifacts(Session session)
{
    /// <returns>Whether everything is here now.</returns>
    public async Task<bool> PullAsync(CancellationToken cancellation) =>
        Show("restored", await session.Engine.PullAsync(session.Observer, cancellation));

    /// <returns>Whether everything is in the cache now.</returns>
    public async Task<bool> PushAsync(CancellationToken cancellation) =>
        Show("pushed", await session.Engine.PushAsync(session.Observer, cancellation));

    private bool Show(string moved, TransferSummary summary)
    {
        foreach (var line in TransferText.Lines(summary, moved))
            session.Workplace.Output.WriteLine(line);
        return summary.IsComplete;
    }
}
