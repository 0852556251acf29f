using YamlDotNet.RepresentationModel;

namespace Tmrvc.Build.Tests.Workflows.Rules;

/// <summary>A job may do what it does and nothing else.</summary>
internal static class Permissions
{
    public static IEnumerable<string> AreSaid(Workflow workflow)
    {
        if (!workflow.Root.Has("permissions") || workflow.Root.Children[new YamlScalarNode("permissions")] is not YamlMappingNode { Children.Count: 0 })
            yield return $"{workflow.Name}: permissions: {{}} is expected at the top; each job says its own";
        foreach (var job in workflow.Jobs.Where(job => job.Permissions.Count == 0))
            yield return $"{job.Place}: says no permissions";
        foreach (var job in workflow.Jobs)
            foreach (var (scope, access) in job.Permissions.Where(permission => permission.Value is not ("read" or "write")))
                yield return $"{job.Place}: permission {scope}: '{access}' found; read and write are allowed";
    }

    public static IEnumerable<string> AreLeast(Workflow workflow) =>
        from job in workflow.Jobs
        from scope in job.Permissions.Where(permission => permission.Value == "write").Select(permission => permission.Key)
        let excess = Excess(job, scope)
        where excess is not null
        select $"{job.Place}: may write {scope}: {excess}";

    private static string? Excess(WorkflowJob job, string scope) => scope switch
    {
        "id-token" => job.UsesAction("azure/login") ? null : "it logs in nowhere",
        _ when job.Workflow.Triggers.Contains("pull_request") => "a pull request could use it",
        _ when job.RunsTheRepository => "it executes files of the repository, which could use it",
        "contents" => job.Steps.Any(Writes) ? null : "it writes nothing",
        "actions" => job.Steps.Any(step => step.Run?.Contains("gh workflow run") == true) ? null : "it starts no workflow",
        _ => "no job needs it",
    };

    private static bool Writes(WorkflowStep step) => step.Run?.Contains("git push") == true || step.Run?.Contains("gh release upload") == true;
}
