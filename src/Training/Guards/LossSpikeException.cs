using System.Globalization;

namespace Tmrvc.Training;

/// <summary>Thrown when a loss is far above those before it; the weights are still those of the step before.</summary>
public sealed class LossSpikeException(string phase, long step, string batch, double loss, double limit) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"{phase}, step {step}, batch {batch}: loss {loss:G4}; at most {limit:G4} is allowed after the steps before it. " +
    $"Look at these utterances, or lower the learning rate. To go on from this step all the same, raise runtime.loss_spike.factor, or set it to 0."))
{
    public long Step { get; } = step;

    public string Batch { get; } = batch;

    public double Limit { get; } = limit;
}
