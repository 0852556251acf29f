using System.Diagnostics;

namespace Tmrvc.Fleet;

/// <summary>
/// Front doors on machines of their own that share a cache, killed at random until each has brought the whole graph up to date. What is
/// recomputed is told from what they say and from the checkpoints on their disks.
/// </summary>
public sealed class FleetRun : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly FleetPlan _plan;
    private readonly Random _random;
    private readonly TextWriter _log;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<Attempt> _attempts = [];
    private readonly List<FleetWorker> _working;
    private readonly List<FleetMachine> _done = [];
    private int _kills, _vanished;

    private FleetRun(FleetPlan plan, TextWriter log)
    {
        (_plan, _log, _random) = (plan, log, new Random(plan.Seed));
        _working = [.. Enumerable.Range(0, plan.Machines).Select(_ => Start(plan.NewMachine()))];
    }

    /// <exception cref="InvalidOperationException">A front door that was not killed failed, or the limit has passed; with what it said.</exception>
    public static async Task<FleetEnd> RunAsync(FleetPlan plan, TextWriter log)
    {
        using var fleet = new FleetRun(plan, log);
        return await fleet.EndAsync();
    }

    public void Dispose() => _working.ForEach(worker => worker.Dispose());

    private async Task<FleetEnd> EndAsync()
    {
        for (var next = _plan.BetweenKills; _working.Count > 0; await Task.Delay(BetweenLooks))
        {
            _working.ForEach(worker => worker.Look());
            TakeThoseThatEnded();
            if (_watch.Elapsed < next || _working.Count == 0 || _kills >= _plan.Kills)
                continue;
            await KillOneAsync();
            next += _plan.BetweenKills;
        }
        lock (_attempts)
            return FleetEnd.Of(_attempts, _done, _kills, _vanished, _watch.Elapsed);
    }

    private void TakeThoseThatEnded()
    {
        if (_watch.Elapsed > _plan.Limit)
            throw new InvalidOperationException($"The fleet is at work after {_plan.Limit}:\n{_working[0].Said}");
        foreach (var worker in _working.Where(worker => worker.Code is not null).ToArray())
        {
            if (worker.Code != 0)
                throw new InvalidOperationException($"A machine of the fleet: exit code {worker.Code}.\n{worker.Said}");
            _working.Remove(worker);
            _done.Add(worker.Machine);
            worker.Dispose();
        }
    }

    private async Task KillOneAsync()
    {
        var place = _random.Next(_working.Count);
        using var worker = _working[place];
        worker.Kill();
        _kills++;
        var vanishes = _kills % _plan.VanishesEach == 0;
        _log.WriteLine($"  {_watch.Elapsed.TotalSeconds:0} s: killed{(vanishes ? ", never to come back" : "")}; {worker.Said.Split('\n')[^1]}");
        if (vanishes)
        {
            _vanished++;
            await _plan.Vanished(worker.Machine);
        }
        _working[place] = Start(vanishes ? _plan.NewMachine() : worker.Machine);
    }

    private FleetWorker Start(FleetMachine machine) => new(_plan, machine, _watch, attempt =>
    {
        lock (_attempts)
            _attempts.Add(attempt);
    });
}
