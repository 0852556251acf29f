using YamlDotNet.RepresentationModel;

namespace Tmrvc.Build.Tests.Workflows;

internal sealed class WorkflowJob
{
    public WorkflowJob(Workflow workflow, string id, YamlMappingNode node)
    {
        (Workflow, Id, Node) = (workflow, id, node);
        Steps = [.. node.Maps("steps").Select((step, index) => new WorkflowStep(this, index, step))];
    }

    public Workflow Workflow { get; }

    public string Id { get; }

    public YamlMappingNode Node { get; }

    public IReadOnlyList<WorkflowStep> Steps { get; }

    public IReadOnlyDictionary<string, string> Permissions => Node.Map("permissions").Pairs();

    /// <summary>Whether it executes what the repository, or a pull request, says.</summary>
    public bool RunsTheRepository => Steps.Any(step => step.Run?.Contains("./") == true || step.Uses?.StartsWith("./", StringComparison.Ordinal) == true);

    public bool Builds => Steps.Any(step => step.Builds);

    public string Place => $"{Workflow.Name}, job {Id}";

    public WorkflowStep this[string name] => Steps.Single(step => step.Name == name);

    public bool UsesAction(string action) => Steps.Any(step => step.IsAction(action));
}
