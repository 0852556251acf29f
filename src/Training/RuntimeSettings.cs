using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Where and how a phase runs. Nothing here enters a stage's key.</summary>
public sealed record RuntimeSettings : IValidated
{
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>Processes that train one model together, where the stage can; see <see cref="TrainingStage.Processes"/>.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>CPU threads of the networks, of all processes together; 0 for all.</summary>
    public int Threads { get; init; }

    /// <summary>Steps.</summary>
    public int CheckpointInterval { get; init; } = 100;

    /// <summary>Batches made ahead.</summary>
    public int Prefetch { get; init; } = 4;

    public LossSpikeSettings LossSpike { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Threads < 0) yield return ("threads", $"{Threads}: 0 (all) or more is allowed.");
        if (Processes < 1) yield return ("processes", $"{Processes}: 1 or more is allowed.");
        if (CheckpointInterval < 1) yield return ("checkpoint_interval", $"{CheckpointInterval}: 1 or more is allowed.");
        if (Prefetch < 1) yield return ("prefetch", $"{Prefetch}: 1 or more is allowed.");
        foreach (var (property, message) in LossSpike.Mistakes()) yield return ($"loss_spike.{property}", message);
    }

    private int AllThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <param name="processes">Of the stage.</param>
    internal StageResources Resources(int processes = 1) => new()
    {
        Cores = Math.Max(AllThreads, processes),
        Gpus = Device == DeviceChoice.Cuda ? processes : 0,
    };

    /// <param name="place">Among processes on this machine; null for a process that is alone.</param>
    /// <inheritdoc cref="ComputeDevice.Prepare"/>
    internal Device Prepare(RankPlace? place = null) => Device.Prepare(place is null ? Threads : Math.Max(1, AllThreads / place.Size));
}
