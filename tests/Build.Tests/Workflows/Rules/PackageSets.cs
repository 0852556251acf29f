namespace Tmrvc.Build.Tests.Workflows.Rules;

internal static class PackageSets
{
    private static readonly string[] Both = ["feed", "official"];

    /// <summary>What is pushed or proposed must build under both.</summary>
    public static IEnumerable<string> AreBothBuilt(Workflow workflow) =>
        from job in workflow.Jobs
        where workflow.Triggers.Contains("pull_request") && job.Builds
        let matrix = job.Node.Map("strategy").Map("matrix").Texts("packages")
        where !matrix.Order(StringComparer.Ordinal).SequenceEqual(Both)
            || job.Steps.Any(step => step.Builds && !step.Run!.Contains("--packages=\"$PACKAGES\""))
        select $"{job.Place}: builds [{string.Join(", ", matrix)}]; each of {string.Join(" and ", Both)} is expected, as $PACKAGES";
}
