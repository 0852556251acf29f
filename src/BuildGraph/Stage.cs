using Tmrvc.Configuration;

namespace Tmrvc.BuildGraph;

/// <summary>
/// One node of the graph: typed inputs, named outputs, a settings record, and one way to run.
/// A stage is a description; it holds no state and may be built many times per process.
/// The kinds are a closed set: <see cref="ActionStage"/>, <see cref="PerItemStage"/>, <see cref="TrainingStage"/>, <see cref="GateStage"/>.
/// </summary>
public abstract class Stage
{
    private protected Stage(StageId id) => Id = id;

    public StageId Id { get; }

    /// <summary>One line for people; never part of the key.</summary>
    public abstract string Description { get; }

    /// <summary>Raised by hand when the code behind the stage changes its meaning (guarantee 5).</summary>
    public abstract int Version { get; }

    public abstract IReadOnlyList<StageInput> Inputs { get; }

    /// <summary>Names of the files or folders the stage leaves under <see cref="StageRun.Output"/>.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>
    /// The stage's settings record. Properties marked <see cref="RuntimeOnlyAttribute"/> or <see cref="CosmeticAttribute"/> stay out
    /// of the key, as do values equal to the record's defaults.
    /// </summary>
    public virtual object? Settings => null;

    public virtual StageResources Resources => StageResources.OneCore;

    /// <summary>
    /// What forbids to bring the outputs to a shared store, such as <c>the licence of a.zip (no redistribution)</c>; null for nothing.
    /// </summary>
    public virtual string? ConfinedBy => null;

    /// <summary>Whether the outputs may hold content of the inputs, so that what confines an input confines them too.</summary>
    public virtual bool HandsOnInputs => true;
}

/// <summary>Runs once over its inputs.</summary>
public abstract class ActionStage(StageId id) : Stage(id)
{
    public abstract Task RunAsync(StageRun run, CancellationToken cancellation);
}

/// <summary>
/// Runs once per file of one input; a file whose content did not change keeps its stored result.
/// <see cref="CombineAsync"/> then builds the outputs from all results, ordered by item id (ordinal).
/// </summary>
public abstract class PerItemStage(StageId id) : Stage(id)
{
    /// <summary>Name of the <see cref="StageInput.Files"/> or <see cref="StageInput.Output"/> whose files are the items.</summary>
    public abstract string Items { get; }

    /// <summary>Whether a file of <see cref="Items"/> is an item; the path is relative, with forward slashes.</summary>
    public virtual bool IsItem(string relativePath) => true;

    /// <summary>What is told where there is no item: what to do about it.</summary>
    public virtual string Wanted => "at least one is needed";

    /// <summary>Items processed at the same time; runtime-only.</summary>
    public virtual int Workers => Environment.ProcessorCount;

    /// <summary>Called once before items are processed. What it throws fails the stage.</summary>
    /// <param name="pending">Ids of the items without a result; none when all have one.</param>
    /// <param name="combined">Bytes of results that are kept beside those of items: of groups, and of items as they were.</param>
    public virtual void Prepare(StageRun run, IReadOnlyCollection<string> pending, long combined)
    {
    }

    /// <exception cref="ItemRejectedException">The item is quarantined with the reason; the stage goes on.</exception>
    public abstract Task ProcessAsync(ItemRun item, CancellationToken cancellation);

    public abstract Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> items, CancellationToken cancellation);
}

/// <summary>
/// A resumable stage. It saves into <see cref="TrainingRun.Checkpoints"/>, which belongs to the stage's key and outlives the process,
/// and on cancellation saves once more and throws <see cref="OperationCanceledException"/>.
/// </summary>
public abstract class TrainingStage(StageId id) : Stage(id)
{
    /// <summary>What was learnt from content is not that content.</summary>
    public override bool HandsOnInputs => false;

    /// <summary>
    /// Where the manifest has its length in steps, such as <c>settings.steps</c>, if a finished run may be extended by more of them;
    /// null if not.
    /// </summary>
    public virtual string? Length => null;

    /// <summary>Why an extension is not bit for bit what as many steps in one go give; null when it is.</summary>
    /// <param name="from">Steps of the run that is extended.</param>
    public virtual string? Deviation(long from) => null;

    /// <summary>Each calls <see cref="TrainAsync"/> with a <see cref="TrainingRun.Place"/> of its own. Enters no key.</summary>
    public virtual TrainingProcesses Processes => TrainingProcesses.One;

    public abstract Task TrainAsync(TrainingRun run, CancellationToken cancellation);
}

/// <summary>Judges what others made. Its verdict is cached like any output; a failed one blocks stages that require the gate.</summary>
public abstract class GateStage(StageId id) : Stage(id)
{
    /// <summary>Every gate leaves exactly one file, the verdict.</summary>
    public sealed override IReadOnlyList<string> Outputs => ["verdict.json"];

    public sealed override bool HandsOnInputs => false;

    public abstract Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation);
}
