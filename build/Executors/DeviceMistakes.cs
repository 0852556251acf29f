using Tmrvc.Build.CommandLine;
using Tmrvc.BuildGraph;
using Tmrvc.Slurm;
using Tmrvc.Training;

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

    /// <summary>What a run of this plan would meet here: stages that take a GPU where there is none.</summary>
    public static IEnumerable<string> InPlan(Plan plan, Session session)
    {
        if (session.Request.Executor != ExecutorKind.Local)
            yield break;
        var taking = session.Engine.Graph.Stages.Where(stage => stage.Resources.Gpus > 0).Select(stage => stage.Id).ToHashSet();
        StageId[] running = [.. plan.Stages.Where(stage => stage.State == PlannedState.Run && taking.Contains(stage.Id)).Select(stage => stage.Id)];
        if (running.Length > 0 && session.Workplace.FindDevice() != DeviceChoice.Cuda)
            yield return $"device cuda: no CUDA device was found here, and {running[0]}{(running.Length > 1 ? $" and {running.Length - 1} more take" : " takes")} one; install a driver and a CUDA libtorch, or give --device=cpu";
    }

    private static string? GpusOf(PipelineConfiguration configuration) =>
        configuration.Executors.Slurm.Classes.TryGetValue(ResourceClasses.Gpu, out var gpu) ? gpu.Gres : null;
}
