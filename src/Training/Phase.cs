using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>A phase as data: what is learned, from what, for how long. <see cref="Trainer{TBatch}"/> is the one way to run it.</summary>
public sealed record Phase<TBatch> where TBatch : ITrainingBatch
{
    public required string Name { get; init; }

    public required long Steps { get; init; }

    public required long Seed { get; init; }

    /// <summary>In the order of their updates; the first one's loss is the phase's.</summary>
    /// <exception cref="ArgumentException">The first one does not learn from the first step on.</exception>
    public required IReadOnlyList<Learner<TBatch>> Learners
    {
        get;
        init => field = value[0].From == 0
            ? value
            : throw new ArgumentException($"{value[0].Name}: learns from step {value[0].From}, but its loss is the phase's; only 0 is allowed.");
    }

    /// <summary>The micro-batch of an index, a pure function; called on the feed's thread.</summary>
    public required Func<long, TBatch> Batches { get; init; }

    /// <summary>
    /// A process's share of such a micro-batch, whose terms, added up over the processes, are those of the whole; null where its objective cannot be
    /// shared out, so that processes can only take whole micro-batches.
    /// </summary>
    public Func<long, BatchShare, TBatch>? Shares { get; init; }

    /// <summary>Micro-batches per update; their gradients are averaged.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>How a step is tried before the first one; null to begin without. Changes no result.</summary>
    public StepTrial<TBatch>? Trial { get; init; }

    /// <summary>Evaluated with the averaged weights, the same batches and noise each time.</summary>
    public IReadOnlyList<TBatch> Validation { get; init; } = [];

    /// <summary>Decides about TF32 while the phase runs. Bfloat16 is for the objectives to apply, where a network can take it.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Which of the first learner's weights are the phase's result.</summary>
    public KeptWeights Keep { get; init; } = KeptWeights.Last;

    /// <summary>Steps from one validation to the next; there is one before the first step and one after the last.</summary>
    public long ValidationInterval { get; init; } = 100;

    /// <summary>
    /// What people are shown after each validation; given the steps done. Called with the first learner's averaged weights, in evaluation
    /// and without gradients. Changes no result.
    /// </summary>
    public Func<long, IEnumerable<Exhibit>>? Exhibits { get; init; }

    /// <summary>Steps from one checkpoint to the next. Changes no result.</summary>
    public long CheckpointInterval { get; init; } = 100;

    /// <summary>When a loss of the first learner stops the run. Changes no other result.</summary>
    public LossSpikeSettings LossSpike { get; init; } = new();

    /// <summary>Micro-batches made ahead of the step that uses them. Changes no result.</summary>
    public int Prefetch { get; init; } = 4;

    internal long MicroBatchesBefore(long step) => Accumulation * Learners.Sum(learner => learner.UpdatesBefore(step));
}
