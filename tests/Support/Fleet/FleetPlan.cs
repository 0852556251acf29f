namespace Tmrvc.Fleet;

/// <summary>How a fleet is put together and disturbed.</summary>
/// <param name="Command">The front door and its arguments; the same on every machine.</param>
/// <param name="Profile">Names the folders of lock files and runs.</param>
/// <param name="NewMachine">Makes a machine on which nothing has run.</param>
public sealed record FleetPlan(IReadOnlyList<string> Command, string Profile, Func<FleetMachine> NewMachine)
{
    /// <summary>Machines at work at the same time.</summary>
    public int Machines { get; init; } = 8;

    public TimeSpan BetweenKills { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No more than so many; null for as long as it takes.</summary>
    public int? Kills { get; init; }

    /// <summary>Of every so many killed machines one never comes back, and a new one takes its place; the others begin again where they are.</summary>
    public int VanishesEach { get; init; } = 2;

    /// <summary>Told of a machine that never comes back.</summary>
    public Func<FleetMachine, Task> Vanished { get; init; } = _ => Task.CompletedTask;

    public int Seed { get; init; } = 1;

    /// <summary>Of a fleet that takes longer something is wrong.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(2);
}

/// <param name="Root">The checkout of the front doors that run on it.</param>
/// <param name="Variables">Of their environment.</param>
public sealed record FleetMachine(string Root, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Lock files by stage.</summary>
    public SortedDictionary<string, string> Locks(string profile) => new(
        Directory.EnumerateFiles(Path.Combine(Root, "artifacts", "lock", profile), "*.yaml")
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText), StringComparer.Ordinal);

    /// <summary>Where a stage's checkpoints lie, for each key it has had.</summary>
    internal IEnumerable<string> Checkpoints(string profile, string stage)
    {
        var runs = Path.Combine(Root, "artifacts", "runs", profile, stage);
        return Directory.Exists(runs)
            ? Directory.EnumerateDirectories(runs).Select(key => Path.Combine(key, "checkpoints")).Where(Directory.Exists)
            : [];
    }
}
