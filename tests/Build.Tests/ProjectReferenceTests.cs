using System.Xml.Linq;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

public sealed class ProjectReferenceTests
{
    /// <summary>From top to bottom: a project may reference those of later rows only.</summary>
    private static readonly string[][] Layers =
    [
        ["Build"],
        ["Reporting", "Evaluation"],
        ["Streaming"],
        ["Export"],
        ["Training"],
        ["Models", "Features"],
        ["Corpora", "Contract"],
        ["Audio"],
        ["Slurm"],
        ["BuildGraph"],
        ["ArtifactStore"],
        ["Configuration", "SafeTensors", "TensorBoard"],
    ];

    [Test]
    public void Project_references_point_down_the_list_only()
    {
        var offenders =
            from project in Projects()
            from reference in References(project)
            where LayerOf(reference) <= LayerOf(NameOf(project))
            select $"{NameOf(project)} → {reference}";

        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void Every_project_has_its_place_in_the_list()
    {
        Assert.That(Projects().Select(NameOf).Except(Layers.SelectMany(layer => layer)), Is.Empty);
    }

    [Test]
    public void A_stand_in_references_no_project_of_ours()
    {
        var offenders = Repository.Files("*.csproj", "src/Compat").SelectMany(References);

        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Tmrvc.slnx"));

        Assert.That(Repository.Files("*.csproj", "build", "src", "tests").Where(path => !solution.Contains($"\"{path}\"")), Is.Empty);
    }

    private static IEnumerable<string> Projects() => Repository.Files("*.csproj", "build", "src").Where(path => !path.StartsWith("src/Compat/", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project) => XDocument.Load(Path.Combine(Repository.Root, project))
        .Descendants("ProjectReference")
        .Select(reference => NameOf(reference.Attribute("Include")!.Value));

    private static int LayerOf(string project) => Array.FindIndex(Layers, layer => layer.Contains(project));

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
