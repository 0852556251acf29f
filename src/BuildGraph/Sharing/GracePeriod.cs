namespace Tmrvc.BuildGraph;

/// <summary>The little time that an interrupted run has for what must not be lost.</summary>
internal sealed class GracePeriod : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenRegistration _interruption;
    private ITimer? _timer;

    /// <param name="run">Its cancellation starts the period.</param>
    public GracePeriod(TimeSpan length, TimeProvider clock, CancellationToken run) =>
        _interruption = run.Register(() => _timer = clock.CreateTimer(_ => _end.Cancel(), null, length, Timeout.InfiniteTimeSpan));

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _end.Token;

    public void Dispose()
    {
        _interruption.Dispose();
        _timer?.Dispose();
        _end.Dispose();
    }
}
