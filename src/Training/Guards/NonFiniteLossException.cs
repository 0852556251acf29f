namespace Tmrvc.Training;

/// <summary>Thrown when a loss or gradient is NaN or infinite; the weights are still those of the step before.</summary>
public sealed class NonFiniteLossException(string phase, long step, string batch, double loss, double gradientNorm) : Exception(
    $"{phase}, step {step}, batch {batch}: loss {loss}, gradient norm {gradientNorm}; finite numbers are allowed. " +
    "Look at these utterances, lower the learning rate or lengthen the warm-up; the last checkpoint is from before this step.")
{
    public long Step { get; } = step;

    public string Batch { get; } = batch;
}
