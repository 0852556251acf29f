namespace Tmrvc.Training;

/// <summary>How to try a phase's step on fewer utterances than it takes.</summary>
/// <param name="BatchSize">Utterances of the phase's micro-batches.</param>
/// <param name="Batch">A micro-batch of so many utterances, as long as they come.</param>
public sealed record StepTrial<TBatch>(int BatchSize, Func<int, TBatch> Batch) where TBatch : ITrainingBatch;
