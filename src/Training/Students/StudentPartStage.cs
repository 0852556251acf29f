using System.Globalization;
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

    public override TrainingProcesses Processes => settings.Processes();

    public override StageResources Resources => settings.Runtime.Resources(Processes.Count);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public override Task TrainAsync(TrainingRun run, CancellationToken cancellation) =>
        Task.Run(() => Train(run, settings.Runtime.Prepare(run.Place), cancellation), CancellationToken.None);

    private protected abstract void Train(TrainingRun run, Device device, CancellationToken cancellation);

    private protected void Learn<TBatch>(
        TrainingRun run, Phase<TBatch> phase, Device device, Action<TrainingOutcome> save, CancellationToken cancellation) where TBatch : ITrainingBatch
    {
        using var outcome = new Trainer<TBatch>(phase, device, Clock).Run(run, cancellation);
        save(outcome);
        File.Copy(outcome.MetricsPath, run.Output(MetricsLog.FileName));
    }

    /// <summary>Of a stage with one network.</summary>
    private protected void Save<T>(TrainingRun run, TrainingOutcome outcome, StudentArchitecture architecture, ModelFile<T, StudentArchitecture> kind) where T : nn.Module
    {
        var metadata = kind.Metadata(architecture).Concat(About(MelStatistics.Read(run.Input(TrainingInputs.Statistics)))).ToDictionary();
        ModuleWeights.Save(outcome.Weights.ToDictionary(weight => weight.Name, weight => weight.Value), run.Output(Networks[0]), metadata);
    }

    /// <summary>What a file of weights keeps of its training.</summary>
    private protected IReadOnlyDictionary<string, string> About(MelStatistics statistics) => new Dictionary<string, string>
    {
        [MelStatistics.MetadataKey] = statistics.ToJson(),
        ["steps"] = settings.Steps.ToString(CultureInfo.InvariantCulture),
        ["batch_size"] = settings.BatchSize.ToString(CultureInfo.InvariantCulture),
        ["lr"] = settings.Lr.ToString(CultureInfo.InvariantCulture),
        ["seed"] = settings.Seed.ToString(CultureInfo.InvariantCulture),
    };
}
