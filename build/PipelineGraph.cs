using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>Builds the stages of a configuration. Which corpora and which optional stages exist follows the profile.</summary>
public static class PipelineGraph
{
    /// <exception cref="GraphException">Lists every mistake in the graph.</exception>
    public static StageGraph Compose(PipelineConfiguration configuration) => new(Stages(configuration));

    private static IEnumerable<Stage> Stages(PipelineConfiguration configuration) => [];
}
