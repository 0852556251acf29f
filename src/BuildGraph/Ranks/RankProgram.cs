namespace Tmrvc.BuildGraph;

/// <summary>The program that, started once for each rank, trains a stage's model together with the others; see <see cref="RankWork"/>.</summary>
/// <param name="Command">Program and arguments, those of the order left out.</param>
public sealed record RankProgram(IReadOnlyList<string> Command)
{
    /// <summary>Arguments for an order; given the stage and the absolute path of the order.</summary>
    public required Func<StageId, string, IEnumerable<string>> Arguments { get; init; }

    /// <summary>Environment variables; given an empty folder that outlives the processes.</summary>
    public Func<string, IReadOnlyDictionary<string, string>> Variables { get; init; } = _ => new Dictionary<string, string>();
}
