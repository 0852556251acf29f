using System.Text.RegularExpressions;

namespace Tmrvc.Build.Tests.Workflows.Rules;

/// <summary>Values reach a script through its environment: written into its text, they would be executed.</summary>
internal static partial class Scripts
{
    /// <summary>Given by the runner.</summary>
    private static readonly string[] OfTheRunner = ["HOME", "PATH", "ACTIONS_ID_TOKEN_REQUEST_URL"];

    public static IEnumerable<string> HoldNoExpression(Workflow workflow) =>
        from step in workflow.Steps
        where step.Run?.Contains("${{") == true
        select $"{step.Place}: an expression in a script; env is the place for it";

    /// <summary>Named outright, it runs with -e and pipefail.</summary>
    public static IEnumerable<string> RunUnderBash(Workflow workflow) =>
        from step in workflow.Steps
        where step.Run is not null
        let shell = step.Node.Text("shell") ?? workflow.Root.Map("defaults").Map("run").Text("shell")
        where shell != "bash"
        select $"{step.Place}: shell '{shell}' found; bash is expected";

    public static IEnumerable<string> KnowTheirVariables(Workflow workflow) =>
        from step in workflow.Steps
        where step.Run is not null
        from name in Used().Matches(step.Run!).Select(match => match.Groups[1].Value).Distinct()
        where !name.StartsWith("GITHUB_", StringComparison.Ordinal) && !OfTheRunner.Contains(name) && !step.Environment.ContainsKey(name)
        select $"{step.Place}: variable {name} is not in env";

    [GeneratedRegex(@"\$\{?([A-Z][A-Z0-9_]*)\b")]
    private static partial Regex Used();
}
