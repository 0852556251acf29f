using System.Text.Json;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>What <c>--json</c> prints of a plan.</summary>
internal sealed record Plan(IReadOnlyList<PlannedStage> Stages)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Ids of the stages that are not fresh, in the order of the plan.</summary>
    public IReadOnlyList<string> Stale => [.. Stages.Where(stage => stage.State != "fresh").Select(stage => stage.Id)];

    public PlannedStage this[string stage] => Stages.Single(planned => planned.Id == stage);

    public static Plan Of(FinishedRun run) => JsonSerializer.Deserialize<Plan>(string.Join('\n', run.Output), Options)!;
}

internal sealed record PlannedStage(string Id, string State, string Reason, IReadOnlyList<PlannedChange> Changed);

internal sealed record PlannedChange(string What, string? Old, string? New);
