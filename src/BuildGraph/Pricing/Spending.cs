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

/// <summary>
/// Counts what running stages take, and interrupts the run the moment a limit is reached. The machine of this process is paid once,
/// by the dearest of the stages that share it. Safe for several threads.
/// </summary>
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
    private readonly List<double> _here = [], _elsewhere = [];
    private long _since;
    private bool _isOver;

    public Spending(SpendingLimit limit, TimeProvider clock, CancellationToken run)
    {
        (_limit, _clock, _since) = (limit, clock, clock.GetTimestamp());
        _end = CancellationTokenSource.CreateLinkedTokenSource(run);
        _timer = clock.CreateTimer(_ => Change(() => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Of the run, or because a limit is reached.</summary>
    public CancellationToken Cancellation => _end.Token;

    public bool IsLimitReached { get; private set; }

    public Spent SoFar
    {
        get
        {
            Change(() => { });
            return _spent;
        }
    }

    /// <summary>For a stage in this process.</summary>
    /// <param name="rate">US dollars per hour.</param>
    public Meter Here(double rate) => new(isOn => Change(() => Switch(_here, rate, isOn)));

    /// <summary>For a stage on a machine of its own.</summary>
    /// <param name="rate">US dollars per hour.</param>
    public Meter Elsewhere(double rate) => new(isOn => Change(() => Switch(_elsewhere, rate, isOn)));

    public void Dispose()
    {
        lock (_lock)
            _isOver = true;
        _timer.Dispose();
        _end.Dispose();
    }

    private int Running => _here.Count + _elsewhere.Count;

    private double Rate => _here.DefaultIfEmpty().Max() + _elsewhere.Sum();

    private static void Switch(List<double> rates, double rate, bool isOn)
    {
        if (isOn)
            rates.Add(rate);
        else
            rates.Remove(rate);
    }

    private void Change(Action change)
    {
        bool isReached;
        lock (_lock)
        {
            var now = _clock.GetTimestamp();
            var hours = _clock.GetElapsedTime(_since, now).TotalHours;
            _spent = new Spent(_spent.Hours + hours * Running, _spent.Cost + hours * Rate);
            _since = now;
            change();
            isReached = !_isOver && !IsLimitReached && Left() <= 0;
            IsLimitReached |= isReached;
            if (!IsLimitReached && Left() < double.PositiveInfinity)
                _timer.Change(TimeSpan.FromHours(Math.Min(Left(), LongestWait)) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
        if (isReached)
            _end.Cancel();
    }

    /// <summary>Hours until a limit is reached at the present pace; what is free may always go on.</summary>
    private double Left() => Math.Min(Left(_limit.Hours - _spent.Hours, Running), Left(_limit.Cost - _spent.Cost, Rate));

    private static double Left(double? amount, double pace) => amount is { } left && pace > 0 ? Math.Max(0, left / pace) : double.PositiveInfinity;
}
