using Tmrvc.Build.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>A file of .github/workflows as its YAML reads; expressions stay text.</summary>
internal sealed class Workflow
{
    private Workflow(string name, string text)
    {
        (Name, Text) = (name, text);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        Root = (YamlMappingNode)yaml.Documents[0].RootNode;
        Jobs = [.. Root.Map("jobs").Children.Select(job => new WorkflowJob(this, job.Key.ToString(), (YamlMappingNode)job.Value))];
    }

    /// <summary>Of this repository.</summary>
    public static IReadOnlyList<Workflow> All { get; } =
        [.. Repository.Files("*.yml", ".github/workflows").Select(path => Parse(Path.GetFileName(path), File.ReadAllText(Path.Combine(Repository.Root, path))))];

    public string Name { get; }

    public string Text { get; }

    public YamlMappingNode Root { get; }

    public IReadOnlyList<WorkflowJob> Jobs { get; }

    public IEnumerable<WorkflowStep> Steps => Jobs.SelectMany(job => job.Steps);

    public IReadOnlyList<string> Triggers => Root.Has("on") && Root.Children[new YamlScalarNode("on")] is YamlMappingNode triggers
        ? [.. triggers.Children.Keys.Select(key => key.ToString())]
        : Root.Texts("on");

    public YamlMappingNode Inputs => Root.Map("on").Map("workflow_dispatch").Map("inputs");

    public WorkflowJob this[string job] => Jobs.Single(candidate => candidate.Id == job);

    /// <exception cref="YamlDotNet.Core.YamlException"/>
    public static Workflow Parse(string name, string text) => new(name, text);

    public static Workflow Of(string name) => All.Single(workflow => workflow.Name == name);

    public override string ToString() => Name;
}
