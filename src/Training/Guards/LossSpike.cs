namespace Tmrvc.Training;

/// <summary>Losses above the limit, one after the other, that stop a training.</summary>
/// <param name="First">Step of the first one.</param>
/// <param name="Step">Of the last one, whose update was not made.</param>
/// <param name="Batch">The utterances of the last one.</param>
/// <param name="Limit">What the last one was allowed at most.</param>
/// <param name="Again">Loss of the batch of the step before the first one, with its own randomness, under the present weights.</param>
public sealed record LossSpike(long First, long Step, string Batch, double Loss, double Limit, double Again)
{
    /// <summary>Whether a batch that was as usual is so no more: the weights are to blame, not the batches.</summary>
    public bool IsDivergence => !(Again <= Limit);
}
