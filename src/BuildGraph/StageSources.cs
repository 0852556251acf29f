using System.Reflection;

namespace Tmrvc.BuildGraph;

/// <summary>Tells which source folders stand behind a stage (guarantee 5). Folders are relative to the root.</summary>
public abstract class StageSources
{
    /// <summary>
    /// The project of the stage's type and the projects it uses directly: assembly Tmrvc.Audio is src/Audio, TorchSharp is src/Compat/TorchSharp.
    /// </summary>
    public static readonly StageSources OfProjects = new ReferencedProjects();

    public abstract IReadOnlyList<string> Folders(Stage stage);

    private sealed class ReferencedProjects : StageSources
    {
        private const string Prefix = "Tmrvc.";

        // The engine and the readers of configuration do not shape what a stage computes.
        private static readonly string[] Neutral = ["BuildGraph", "ArtifactStore", "Configuration"];

        // The stand-ins with code of ours that computes.
        private static readonly string[] StandIns = ["TorchSharp"];

        public override IReadOnlyList<string> Folders(Stage stage)
        {
            var assembly = stage.GetType().Assembly;
            string[] names = [assembly.GetName().Name!, .. assembly.GetReferencedAssemblies().Select(name => name.Name!)];
            return [.. Projects(names).Select(name => $"src/{name}"), .. names.Intersect(StandIns).Select(name => $"src/Compat/{name}")];
        }

        private static IEnumerable<string> Projects(IEnumerable<string> names) => names
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Except(Neutral)
            .Order(StringComparer.Ordinal);
    }
}
