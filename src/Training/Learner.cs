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

    /// <summary>Steps of the phase during which the network is left as it is; 0 for the first learner, whose loss is the phase's.</summary>
    public long From { get; init; }

    /// <summary>Its steps are counted from <see cref="From"/>.</summary>
    public required LearningRate LearningRate { get; init; }

    public OptimiserSettings Optimiser { get; init; } = new();

    /// <summary>Decay of the moving average of the weights, from 0 up to, not including, 1; null keeps none.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>Updates within one step, each on its own micro-batches.</summary>
    public int UpdatesPerStep { get; init; } = 1;

    internal bool LearnsAt(long step) => step >= From;

    internal double RateAt(long step) => LearningRate.At(step - From);

    /// <summary>Updates before a step of the phase.</summary>
    internal long UpdatesBefore(long step) => Math.Max(0, step - From) * UpdatesPerStep;
}
