using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Where and how a phase runs. Nothing here enters a stage's key.</summary>
public sealed record RuntimeSettings : IValidated
{
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>CPU threads of the networks; 0 for all.</summary>
    public int Threads { get; init; }

    /// <summary>Steps.</summary>
    public int CheckpointInterval { get; init; } = 100;

    /// <summary>Batches made ahead.</summary>
    public int Prefetch { get; init; } = 4;

    public LossSpikeSettings LossSpike { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Threads < 0) yield return ("threads", $"{Threads}: 0 (all) or more is allowed.");
        if (CheckpointInterval < 1) yield return ("checkpoint_interval", $"{CheckpointInterval}: 1 or more is allowed.");
        if (Prefetch < 1) yield return ("prefetch", $"{Prefetch}: 1 or more is allowed.");
        foreach (var (property, message) in LossSpike.Mistakes()) yield return ($"loss_spike.{property}", message);
    }

    internal StageResources Resources() => new()
    {
        Cores = Threads > 0 ? Threads : Environment.ProcessorCount,
        Gpus = Device == DeviceChoice.Cuda ? 1 : 0,
    };

    /// <inheritdoc cref="ComputeDevice.Prepare"/>
    internal Device Prepare() => Device.Prepare(Threads);
}
