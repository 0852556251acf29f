using Tmrvc.Configuration;

namespace Tmrvc.Build.Pricing;

/// <summary>Names in costs.yaml that nothing has: a row that is never looked up would make its stage free.</summary>
internal static class CostMistakes
{
    /// <param name="costs">Null when the configuration has mistakes of its own.</param>
    public static IEnumerable<string> Of(CostSettings? costs, TaskCatalog tasks)
    {
        string[] stages = [.. tasks.All.Where(task => task.IsStage).Select(task => task.Name)];
        foreach (var (profile, rows) in costs?.Profiles ?? new Dictionary<string, IReadOnlyDictionary<string, StageCost>>())
        {
            if (ConfigurationFiles.NameOf(profile) is var name && name != profile)
                yield return $"costs.profiles.{profile}: a profile is known by its name in lower case with hyphens; write {name}.";
            foreach (var stage in rows.Keys.Except(stages))
                yield return $"costs.profiles.{profile}.{stage}: unknown stage; {ClosestName.Advice(stage, stages)}";
        }
    }
}
