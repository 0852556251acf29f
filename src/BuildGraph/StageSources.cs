using System.Reflection;

namespace Tmrvc.BuildGraph;

/// <summary>Tells which source folders stand behind a stage (guarantee 5). Folders are relative to the root.</summary>
public abstract class StageSources
{
    /// <summary>The project of the stage's type and the projects it uses directly: assembly Tmrvc.Audio is src/Audio.</summary>
    public static readonly StageSources OfProjects = new Projects();

    public abstract IReadOnlyList<string> Folders(Stage stage);

    private sealed class Projects : StageSources
    {
        private const string Prefix = "Tmrvc.";

        // The engine and the readers of configuration do not shape what a stage computes.
        private static readonly string[] Neutral = ["BuildGraph", "ArtifactStore", "Configuration"];

        public override IReadOnlyList<string> Folders(Stage stage) =>
            [.. ProjectsOf(stage.GetType().Assembly).Select(name => $"src/{name}")];

        private static IEnumerable<string> ProjectsOf(Assembly assembly) => assembly.GetReferencedAssemblies()
            .Append(assembly.GetName())
            .Select(name => name.Name!)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Except(Neutral)
            .Order(StringComparer.Ordinal);
    }
}
