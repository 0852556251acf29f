using System.Globalization;

namespace Tmrvc.Training;

/// <summary>Thrown when losses stay far above those before them; the latest checkpoint is from before the first of them.</summary>
public sealed class LossSpikeException(string phase, LossSpike spike) : Exception(Words(phase, spike))
{
    public LossSpike Spike { get; } = spike;

    private static string Words(string phase, LossSpike spike) => string.Create(
        CultureInfo.InvariantCulture,
        $"{phase}, step {spike.Step}, batch {BatchNames.Short([spike.Batch])}: loss {spike.Loss:G4}; at most {spike.Limit:G4} is allowed after the usual ones before step {spike.First}, and all since are above. ") +
        $"{Verdict(spike)} The latest checkpoint is from before step {spike.First}. " +
        "To go on all the same, raise runtime.loss_spike.factor or runtime.loss_spike.patience, or set the factor to 0.";

    private static string Verdict(LossSpike spike) => spike.IsDivergence
        ? string.Create(CultureInfo.InvariantCulture, $"The weights have diverged: the batch of step {spike.First - 1}, which was as usual, has {spike.Again:G4} now. ") +
          "Lower the learning rate or lengthen the warm-up."
        : string.Create(CultureInfo.InvariantCulture, $"These batches are at fault: that of step {spike.First - 1} still has {spike.Again:G4}. ") +
          "Look at these utterances.";
}
