using System.Text.RegularExpressions;

namespace Tmrvc.Build.Tests.Workflows.Rules;

/// <summary>What others publish is named by content: a tag can be moved to other code.</summary>
internal static partial class Pinning
{
    public static IEnumerable<string> Actions(Workflow workflow) =>
        from step in workflow.Steps
        where step.Uses is not null && !ByCommit().IsMatch(step.Uses)
            || step.Uses is not null && !workflow.Text.Split('\n').Any(line => line.Contains(step.Uses) && Release().IsMatch(line))
        select $"{step.Place}: '{step.Uses}' found; OWNER/NAME@COMMIT with the release as a comment is allowed";

    public static IEnumerable<string> Containers(Workflow workflow) =>
        from job in workflow.Jobs
        let image = job.Node.Text("container") ?? job.Node.Map("container").Text("image")
        where image is not null && !ByDigest().IsMatch(image)
        select $"{job.Place}: container '{image}' found; NAME:TAG@sha256:DIGEST is allowed";

    [GeneratedRegex(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")]
    private static partial Regex ByCommit();

    [GeneratedRegex(@"# v\d+\.\d+\.\d+$")]
    private static partial Regex Release();

    [GeneratedRegex(@"^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$")]
    private static partial Regex ByDigest();
}
