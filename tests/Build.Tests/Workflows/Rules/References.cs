using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Tmrvc.Build.Tests.Workflows.Rules;

/// <summary>What an expression names exists: GitHub reads what does not as an empty text, and says nothing.</summary>
internal static partial class References
{
    public static IEnumerable<string> Exist(Workflow workflow) =>
        OfInputs(workflow).Concat(workflow.Jobs.SelectMany(job => OfMatrix(job).Concat(OfNeeds(job)).Concat(OfSteps(job))));

    private static IEnumerable<string> OfInputs(Workflow workflow) =>
        from name in Names(Input(), workflow.Text)
        where !workflow.Inputs.Has(name)
        select $"{workflow.Name}: there is no input {name}";

    private static IEnumerable<string> OfMatrix(WorkflowJob job) =>
        from name in Names(Matrix(), Text(job))
        where !job.Node.Map("strategy").Map("matrix").Has(name)
        select $"{job.Place}: there is no matrix.{name}";

    private static IEnumerable<string> OfNeeds(WorkflowJob job) =>
        from Match match in Need().Matches(Text(job))
        let needed = match.Groups[1].Value
        let output = match.Groups[2].Value
        where !job.Node.Texts("needs").Contains(needed)
            || output.Length > 0 && !job.Workflow[needed].Node.Map("outputs").Has(output)
        select $"{job.Place}: there is no {match.Value}";

    private static IEnumerable<string> OfSteps(WorkflowJob job) =>
        from Match match in Step().Matches(Text(job))
        let step = job.Steps.FirstOrDefault(step => step.Node.Text("id") == match.Groups[1].Value)
        where step is null || step.Run is not null && !step.Run.Contains($"echo \"{match.Groups[2].Value}=")
        select $"{job.Place}: there is no {match.Value}";

    private static IEnumerable<string> Names(Regex pattern, string text) => pattern.Matches(text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Every text below the job, scripts left out: they hold no expressions.</summary>
    private static string Text(WorkflowJob job) => string.Join('\n', job.Node.AllNodes.OfType<YamlScalarNode>().Select(node => node.Value).Where(text => text?.Contains("${{") == true));

    [GeneratedRegex(@"\binputs\.([\w-]+)")]
    private static partial Regex Input();

    [GeneratedRegex(@"\bmatrix\.([\w-]+)")]
    private static partial Regex Matrix();

    [GeneratedRegex(@"\bneeds\.([\w-]+)\.(?:result|outputs\.([\w-]+))")]
    private static partial Regex Need();

    [GeneratedRegex(@"\bsteps\.([\w-]+)\.outputs\.([\w-]+)")]
    private static partial Regex Step();
}
