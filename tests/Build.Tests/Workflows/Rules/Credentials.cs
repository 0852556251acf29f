using System.Text.RegularExpressions;

namespace Tmrvc.Build.Tests.Workflows.Rules;

/// <summary>There are no stored secrets: Azure trusts GitHub's word on which workflow runs, and GitHub's own token stays where it is needed.</summary>
internal static partial class Credentials
{
    /// <summary>Their runs have the repository's credentials, and look at what strangers wrote.</summary>
    private static readonly string[] TrustedWithStrangersCode = ["pull_request_target", "workflow_run", "issue_comment", "issues", "discussion"];

    public static IEnumerable<string> NoSecrets(Workflow workflow) =>
        Secret().Matches(workflow.Text).Select(found => $"{workflow.Name}: '{found.Value}' found; no secrets are allowed: log in by OIDC");

    public static IEnumerable<string> NoTrustedRunOfStrangersCode(Workflow workflow) =>
        workflow.Triggers.Intersect(TrustedWithStrangersCode).Select(trigger => $"{workflow.Name}: starts on {trigger}, which gives strangers' code this repository's rights");

    public static IEnumerable<string> StayWithTheirStep(Workflow workflow) =>
        workflow.Jobs.SelectMany(job => KeptByGit(job).Concat(HandedToTheRepository(job)));

    private static IEnumerable<string> KeptByGit(WorkflowJob job) =>
        from step in job.Steps
        where step.IsAction("actions/checkout") && job.Permissions.GetValueOrDefault("contents") != "write"
        where step.Node.Map("with").Text("persist-credentials") != "false"
        select $"{step.Place}: leaves the token in .git; persist-credentials: false is expected where nothing is pushed";

    private static IEnumerable<string> HandedToTheRepository(WorkflowJob job) =>
        from step in job.Steps
        where job.RunsTheRepository && Token().IsMatch(string.Join(' ', step.Environment.Values.Concat(step.Node.Map("with").Pairs().Values)))
        select $"{step.Place}: has the token in a job that executes files of the repository";

    [GeneratedRegex(@"\bsecrets\s*[.\[]\s*\w*|secrets:\s*inherit")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\bgithub\s*\.\s*token\b", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
