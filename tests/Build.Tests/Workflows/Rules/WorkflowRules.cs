namespace Tmrvc.Build.Tests.Workflows.Rules;

/// <summary>Everything that this repository demands of its workflows. A rule yields the mistakes it finds, each with its place.</summary>
internal static class WorkflowRules
{
    private static readonly Func<Workflow, IEnumerable<string>>[] All =
    [
        Pinning.Actions,
        Pinning.Containers,
        Permissions.AreSaid,
        Permissions.AreLeast,
        Credentials.NoSecrets,
        Credentials.NoTrustedRunOfStrangersCode,
        Credentials.StayWithTheirStep,
        Scripts.HoldNoExpression,
        Scripts.RunUnderBash,
        Scripts.KnowTheirVariables,
        Limits.Time,
        Limits.Concurrency,
        References.Exist,
        PackageSets.AreBothBuilt,
    ];

    public static IEnumerable<string> Mistakes(Workflow workflow) => All.SelectMany(rule => rule(workflow));
}
