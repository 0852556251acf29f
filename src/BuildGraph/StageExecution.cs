using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>How an execution ended.</summary>
/// <param name="State">Fresh when another process had done the work meanwhile.</param>
internal sealed record ExecutionResult(StageState State, string Reason, ActionRecord? Record);

/// <summary>
/// Takes one decided stage from its decision to published outputs and a record, under the lease of its key. Nothing it does is visible
/// before it is complete.
/// </summary>
internal sealed class StageExecution(Workshop shop, ObserverTurn turn, RunOptions options)
{
    private readonly Force _force = options.Force;
    private readonly TimeProvider _clock = shop.Options.Clock;

    /// <summary>Never throws for what a stage or the device does wrong.</summary>
    public async Task<ExecutionResult> RunAsync(Decision decision, CancellationToken cancellation)
    {
        var folder = shop.Runs.Of(decision.Stage.Id, decision.Key!.Value);
        try
        {
            void Waiting() => Warn(decision, "waits for another process that is running it");
            using var lease = await Lease.TakeAsync(shop.Store.LeasePath(decision.Key.Value), Waiting, _clock, cancellation);
            var result = await RunLeasedAsync(decision, folder, cancellation);
            if (!options.IsTrial)
                shop.Locks.Write(result.Record!);
            return result;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ExecutionResult(StageState.Interrupted, "interrupted; the next run goes on from here", null);
        }
        catch (Exception cause)
        {
            return new ExecutionResult(StageState.Failed, StageFailure.Of(decision.Stage.Id, cause, folder).Message, null);
        }
    }

    private async Task<ExecutionResult> RunLeasedAsync(Decision decision, string folder, CancellationToken cancellation)
    {
        if (shop.Records.Find(decision.Key!.Value) is { } record && !_force.Includes(decision.Stage.Id))
        {
            var outputs = new EntrySet(record.Outputs);
            if (shop.Store.IsInPlace(outputs))
                return Ended(record, StageState.Fresh, "another process ran it");
            if (shop.Store.TryRestore(outputs))
                return Ended(record, StageState.Restored, "restored from the store");
            Warn(decision, "its recorded outputs are missing or damaged: the record is dropped and the stage runs again");
            shop.Records.Drop(record.Key);
        }
        shop.Runs.DropOthers(decision.Stage.Id, decision.Key.Value);
        if (_force.Includes(decision.Stage.Id))
            Folders.Delete(folder);
        record = await WorkAsync(decision, folder, cancellation);
        return Ended(record, StageState.Ran, decision.Reason);
    }

    private async Task<ActionRecord> WorkAsync(Decision decision, string folder, CancellationToken cancellation)
    {
        Folders.Create(folder);
        var started = _clock.GetTimestamp();
        using var run = new ActiveRun(decision.Stage, decision.Inputs, folder, turn, shop.Locks);
        ItemWork Items() => new(shop, decision, _force.Includes(decision.Stage.Id));
        var result = await StageWork.RunAsync(decision.Stage, run, Items, cancellation);
        OutputCheck.Require(decision.Stage, run.OutputFolder);
        RequireUnchangedInputs(decision);
        var outputs = shop.Store.Publish(run.OutputFolder, run.Placed);
        return Record(decision, outputs, result, run.Metrics, _clock.GetElapsedTime(started));
    }

    /// <summary>A result made of files that changed under way belongs to no key.</summary>
    private void RequireUnchangedInputs(Decision decision)
    {
        var now = new FileInputs(shop.Options.Root, shop.Store.Hasher);
        foreach (var input in decision.Stage.Inputs.Where(FileInputs.IsOfFiles))
        {
            var before = decision.Inputs.First(known => known.Name == input.Name);
            if (now.Find(input) is not InputFinding.Known known || known.Content.Identity != before.Identity)
                throw new StageFailure(
                    decision.Stage.Id, $"input '{input.Name}' ({before.Path}) changed while it ran; its result is not kept. Run again.");
        }
    }

    private ActionRecord Record(
        Decision decision, EntrySet outputs, WorkResult result, IReadOnlyDictionary<string, double> metrics, TimeSpan took)
    {
        foreach (var tree in decision.Inputs.Select(input => input.Tree).OfType<FileTree>())
            shop.Store.Trees.Add(tree);
        var made = RecordWriting.Compose(decision, outputs, result, metrics, took, shop);
        var kept = shop.Records.Add(made);
        return new EntrySet(kept.Outputs).Hash == outputs.Hash ? kept : KeepFirst(decision, kept, made);
    }

    /// <summary>Guarantee 7: a record is not replaced by other bytes, unless its own bytes are lost.</summary>
    private ActionRecord KeepFirst(Decision decision, ActionRecord kept, ActionRecord made)
    {
        var recorded = new EntrySet(kept.Outputs);
        if (shop.Store.IsInPlace(recorded) || shop.Store.TryRestore(recorded))
        {
            Warn(decision, "it yielded other bytes than before under the same key; the recorded ones are kept. "
                + "Raise its Version to accept new ones");
            return kept;
        }
        shop.Records.Drop(kept.Key);
        return shop.Records.Add(made);
    }

    /// <summary>A gate that did not pass is rejected, however its verdict came about.</summary>
    public static StageState Settled(ActionRecord record, StageState state) =>
        record.Verdict is { Passed: false } ? StageState.Rejected : state;

    /// <summary>Of a gate that did not pass, its numbers are told and not why it was asked.</summary>
    private static ExecutionResult Ended(ActionRecord record, StageState state, string reason) =>
        new(Settled(record, state), record.Verdict is { Passed: false } ? Words.Fresh(record) : reason, record);

    private void Warn(Decision decision, string line) => turn.Log(decision.Stage.Id, line);
}
