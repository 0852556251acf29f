namespace Tmrvc.Fleet;

/// <summary>What became of a fleet.</summary>
/// <param name="Machines">Those on which the whole graph is up to date now.</param>
/// <param name="Kills">Front doors that were killed; of their machines, <paramref name="Vanished"/> never came back.</param>
/// <param name="Took">From the beginning of the first front door to the end of the last.</param>
/// <param name="Finished">Stages as they were finished; one that is there twice was run twice to its end.</param>
/// <param name="Worked">Time of stages at work, over all machines.</param>
/// <param name="Lost">The part of it that was done again.</param>
public sealed record FleetEnd(
    IReadOnlyList<FleetMachine> Machines, int Kills, int Vanished, TimeSpan Took, IReadOnlyList<string> Finished, TimeSpan Worked, TimeSpan Lost)
{
    /// <summary>Work done again over the work that was needed.</summary>
    public double Recomputed => Lost / (Worked - Lost);

    /// <param name="attempts">In the order in which they began.</param>
    internal static FleetEnd Of(IReadOnlyList<Attempt> attempts, IReadOnlyList<FleetMachine> machines, int kills, int vanished, TimeSpan took)
    {
        var stages = attempts.GroupBy(attempt => attempt.Stage).Select(group => group.ToArray()).ToArray();
        return new FleetEnd(
            machines, kills, vanished, took,
            [.. attempts.Where(attempt => attempt.IsFinished).Select(attempt => attempt.Stage)],
            Sum(attempts, attempt => attempt.Took),
            Sum(stages, LostOf));
    }

    /// <summary>What an attempt has lost its successor tells, by where it goes on; of two that were finished, all of the second.</summary>
    private static TimeSpan LostOf(Attempt[] attempts)
    {
        var lost = TimeSpan.Zero;
        for (var i = 0; i < attempts.Length; i++)
            if (attempts[i].IsFinished)
                lost += attempts.Take(i).Any(other => other.IsFinished) ? attempts[i].Took : TimeSpan.Zero;
            else
                lost += attempts[i].LostBefore(i + 1 < attempts.Length ? attempts[i + 1].From : 0);
        return lost;
    }

    private static TimeSpan Sum<T>(IEnumerable<T> items, Func<T, TimeSpan> time) => items.Aggregate(TimeSpan.Zero, (sum, item) => sum + time(item));
}
