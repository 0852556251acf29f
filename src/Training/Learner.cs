using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// One network and how a step changes it. A phase with an adversary or a fake-score network has two, updated in order.
/// </summary>
public sealed record Learner<TBatch> where TBatch : ITrainingBatch
{
    /// <summary>Prefix of its tensors in checkpoints, and of its metrics when there are several learners.</summary>
    public required string Name { get; init; }

    public required nn.Module Network { get; init; }

    public required Objective<TBatch> Objective { get; init; }

    public required LearningRate LearningRate { get; init; }

    public OptimiserSettings Optimiser { get; init; } = new();

    /// <summary>Decay of the moving average of the weights, from 0 up to, not including, 1; null keeps none.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>Updates within one step, each on its own micro-batches.</summary>
    public int UpdatesPerStep { get; init; } = 1;
}
