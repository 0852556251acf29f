namespace Tmrvc.BuildGraph;

/// <summary>What a run may take at most. Hours are those of its stages, side by side or not; null for no limit.</summary>
/// <param name="Cost">US dollars.</param>
public sealed record SpendingLimit(double? Hours, double? Cost)
{
    public static readonly SpendingLimit None = new(null, null);
}

/// <summary>What the stages of a run have taken.</summary>
/// <param name="Cost">US dollars.</param>
public sealed record Spent(double Hours, double Cost);

/// <summary>Counts what running stages take, and interrupts the run the moment a limit is reached. Safe for several threads.</summary>
internal sealed class Spending : IDisposable
{
    /// <summary>The longest wait that a timer surely takes; afterwards it is reckoned anew.</summary>
    private const double LongestWait = 24;

    private readonly Lock _lock = new();
    private readonly SpendingLimit _limit;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private Spent _spent = new(0, 0);
    private int _running;
    private double _rate;
    private long _since;
    private bool _isOver;

    public Spending(SpendingLimit limit, TimeProvider clock, CancellationToken run)
    {
        (_limit, _clock, _since) = (limit, clock, clock.GetTimestamp());
        _end = CancellationTokenSource.CreateLinkedTokenSource(run);
        _timer = clock.CreateTimer(_ => Change(0, 0), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Of the run, or because a limit is reached.</summary>
    public CancellationToken Cancellation => _end.Token;

    public bool IsLimitReached { get; private set; }

    public Spent SoFar
    {
        get
        {
            Change(0, 0);
            return _spent;
        }
    }

    /// <param name="rate">US dollars per hour.</param>
    public async Task<T> DuringAsync<T>(double rate, Func<Task<T>> work)
    {
        Change(1, rate);
        try
        {
            return await work();
        }
        finally
        {
            Change(-1, -rate);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _isOver = true;
        _timer.Dispose();
        _end.Dispose();
    }

    private void Change(int stages, double rate)
    {
        bool isReached;
        lock (_lock)
        {
            var now = _clock.GetTimestamp();
            var hours = _clock.GetElapsedTime(_since, now).TotalHours;
            _spent = new Spent(_spent.Hours + hours * _running, _spent.Cost + hours * _rate);
            (_since, _running, _rate) = (now, _running + stages, _rate + rate);
            isReached = !_isOver && !IsLimitReached && Left() <= 0;
            IsLimitReached |= isReached;
            if (!IsLimitReached && Left() < double.PositiveInfinity)
                _timer.Change(TimeSpan.FromHours(Math.Min(Left(), LongestWait)) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
        if (isReached)
            _end.Cancel();
    }

    /// <summary>Hours until a limit is reached at the present pace.</summary>
    private double Left() => Math.Min(Left(_limit.Hours - _spent.Hours, _running), Left(_limit.Cost - _spent.Cost, _rate));

    private static double Left(double? amount, double pace) =>
        amount is null ? double.PositiveInfinity : amount <= 0 ? 0 : pace > 0 ? amount.Value / pace : double.PositiveInfinity;
}
