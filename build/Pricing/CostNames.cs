using Tmrvc.Configuration;

namespace Tmrvc.Build.Pricing;

/// <summary>Names in costs.yaml that nothing has: a row that is never looked up would make its stage free.</summary>
internal static class CostNames
{
    private static IEnumerable<string> Stages => TaskCatalog.OfThisAssembly().All.Where(task => task.IsStage).Select(task => task.Name);

    public static IEnumerable<(string Property, string Message)> Mistakes(IReadOnlyDictionary<string, IReadOnlyDictionary<string, StageCost>> profiles)
    {
        foreach (var (profile, rows) in profiles)
        {
            if (ConfigurationFiles.NameOf(profile) is var name && name != profile)
                yield return ($"profiles.{profile}", $"a profile is known by its name in lower case with hyphens; write {name}");
            foreach (var stage in rows.Keys.Except(Stages))
                yield return ($"profiles.{profile}.{stage}", $"unknown stage; {Advice(stage)}");
        }
    }

    private static string Advice(string stage) =>
        $"{(ClosestName.To(stage, [.. Stages]) is { } closest ? $"did you mean '{closest}'? " : "")}--tree lists those that there are";
}
