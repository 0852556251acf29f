using Tmrvc.BuildGraph;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Trains some of a student's networks; each leaves its file as <see cref="StudentNetworks"/> names it.</summary>
public abstract class StudentPartStage(StageId id, TrainingSettings settings) : TrainingStage(id)
{
    /// <summary>Files of networks.</summary>
    public abstract IReadOnlyList<string> Networks { get; }

    public override IReadOnlyList<string> Outputs => [.. Networks, MetricsLog.FileName];

    public override StageResources Resources => settings.Runtime.Resources();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public override Task TrainAsync(TrainingRun run, CancellationToken cancellation) =>
        Task.Run(() => Train(run, settings.Runtime.Prepare(), cancellation), cancellation);

    private protected abstract void Train(TrainingRun run, Device device, CancellationToken cancellation);

    private protected void Learn<TBatch>(
        TrainingRun run, Phase<TBatch> phase, Device device, Action<TrainingOutcome> save, CancellationToken cancellation) where TBatch : ITrainingBatch
    {
        using var outcome = new Trainer<TBatch>(phase, device, Clock).Run(run, cancellation);
        save(outcome);
        File.Copy(outcome.MetricsPath, run.Output(MetricsLog.FileName));
    }

    /// <summary>Of a stage with one network.</summary>
    private protected static void Save<T>(TrainingOutcome outcome, StudentArchitecture architecture, ModelFile<T, StudentArchitecture> kind, string path)
        where T : nn.Module => ModuleWeights.Save(outcome.Weights.ToDictionary(weight => weight.Name, weight => weight.Value), path, kind.Metadata(architecture));
}
