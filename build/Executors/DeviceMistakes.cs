using Tmrvc.Build.CommandLine;
using Tmrvc.Slurm;

namespace Tmrvc.Build.Executors;

/// <summary>What the device of a request's networks must not be left open for.</summary>
internal static class DeviceMistakes
{
    /// <summary>The front end cannot tell what the nodes have, so <c>auto</c> would keep stages off the GPUs that jobs may ask for.</summary>
    /// <param name="configuration">Null when it has mistakes of its own.</param>
    public static IEnumerable<string> Of(Request request, PipelineConfiguration? configuration)
    {
        if (request.Executor == ExecutorKind.Slurm && configuration is not null && GpusOf(configuration) is { } gres && configuration.LeavesDeviceOpen())
            yield return $"--device: found auto, which the front end cannot settle for the nodes of --executor=slurm; write --device=cuda for jobs with {gres} (executors.yaml, class gpu), or --device=cpu.";
    }

    private static string? GpusOf(PipelineConfiguration configuration) =>
        configuration.Executors.Slurm.Classes.TryGetValue(ResourceClasses.Gpu, out var gpu) ? gpu.Gres : null;
}
