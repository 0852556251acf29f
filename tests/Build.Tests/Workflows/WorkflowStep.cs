using YamlDotNet.RepresentationModel;

namespace Tmrvc.Build.Tests.Workflows;

internal sealed record WorkflowStep(WorkflowJob Job, int Index, YamlMappingNode Node)
{
    public string? Name => Node.Text("name");

    public string? Uses => Node.Text("uses");

    public string? Run => Node.Text("run");

    public string? Condition => Node.Text("if");

    public bool Builds => Run?.Contains("./build.sh") == true;

    public string Place => $"{Job.Place}, step {Name ?? Uses ?? $"{Index + 1}"}";

    /// <summary>Variables that the file gives it, as written; what is nearer wins.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var all = new Dictionary<string, string>();
            foreach (var level in new[] { Job.Workflow.Root, Job.Node, Node })
                foreach (var (name, value) in level.Map("env").Pairs())
                    all[name] = value;
            return all;
        }
    }

    /// <param name="action">OWNER/NAME.</param>
    public bool IsAction(string action) => Uses?.StartsWith(action + "@", StringComparison.OrdinalIgnoreCase) == true;
}
