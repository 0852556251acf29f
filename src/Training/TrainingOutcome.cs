using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What a finished phase leaves.</summary>
/// <param name="MetricsPath">metrics.jsonl, complete.</param>
/// <param name="BestValidationLoss">Lowest validation loss; null when the phase has no validation set.</param>
/// <param name="Weights">The first learner's weights, averaged where it keeps an average. Owned by this record.</param>
public sealed record TrainingOutcome(
    string MetricsPath, double? BestValidationLoss, long BestStep, IReadOnlyList<(string Name, Tensor Value)> Weights) : IDisposable
{
    public void Dispose()
    {
        foreach (var (_, value) in Weights) value.Dispose();
    }
}
