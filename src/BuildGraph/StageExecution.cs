using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Takes one claimed stage from its decision to published outputs and a record. Nothing it does is visible before it is complete.
/// </summary>
internal sealed class StageExecution(Workshop shop, ObserverTurn turn, RunOptions options, GracePeriod grace)
{
    private readonly Force _force = options.Force;
    private readonly TimeProvider _clock = shop.Options.Clock;

    /// <summary>Ends the claim; of a finished stage, the shared lease goes on with the result.</summary>
    public async Task<Report> RunAsync(Decision decision, Claim claim, CancellationToken cancellation)
    {
        await using var leases = claim;
        cancellation.ThrowIfCancellationRequested();
        var folder = shop.Runs.Of(decision.Stage.Id, decision.Key!.Value);
        await ExtendAsync(decision, folder, cancellation);
        shop.Runs.DropOthers(decision.Stage.Id, decision.Key.Value, options.IsTrial ? shop.Locks.FindKey(decision.Stage.Id) : null);
        if (StartsOver(decision.Stage))
            Folders.Delete(folder);
        var made = await WorkAsync(decision, folder, claim, cancellation);
        var record = await KeepAsync(decision, made, claim, cancellation);
        if (!options.IsTrial)
            shop.Locks.Write(record);
        return new Report.Ended(ExecutionResult.Of(record, decision.Reason) with { Lease = claim.HandOver() });
    }

    /// <summary>From what is here, or else from what another machine has left in the shared store.</summary>
    private async Task ExtendAsync(Decision decision, string folder, CancellationToken cancellation)
    {
        if (!options.Extend || _force.Includes(decision.Stage.Id))
            return;
        var here = Extension.Of(decision, shop);
        string[] notes = [.. Extension.Notes(decision, here, shop)];
        if (here is null && shop.Shared is { } shared && await new SharedExtension(shop, shared).BeginAsync(decision, folder, cancellation) is { } there)
            notes = [$"{there.Description}, whose checkpoints another machine left"];
        else
            here?.Begin(folder);
        foreach (var note in notes)
            turn.Log(decision.Stage.Id, note);
    }

    private async Task<ActionRecord> WorkAsync(Decision decision, string folder, Claim claim, CancellationToken cancellation)
    {
        Folders.Create(folder);
        var travel = await CheckpointsAsync(decision, folder, claim, cancellation);
        var expected = Expectation.Of(decision, shop);
        using var time = new TimeTaken(decision.Stage, folder, _clock);
        using var run = new ActiveRun(decision.Stage, decision.Inputs, folder, turn, shop.Locks)
        {
            Redact = shop.Options.Redact,
            EventFolder = shop.EventsOf(decision.Stage.Id, decision.Key!.Value),
        };
        ItemWork Items() => new(shop, decision, StartsOver(decision.Stage));
        var ranks = shop.Options.Ranks is { } program ? new RankGroup(program, _clock) : null;
        Task<WorkResult> Work() => StageWork.RunAsync(decision.Stage, run, Items, ranks, cancellation);
        var result = travel is null ? await Work() : await travel.WhileAsync(Work, time, cancellation);
        OutputCheck.Require(decision.Stage, run.OutputFolder);
        RequireUnchangedInputs(decision);
        var outputs = shop.Store.Publish(run.OutputFolder, run.Placed);
        Folders.Delete(Path.Combine(folder, RunFolders.Unfinished));
        return RecordWriting.Compose(decision, outputs, result, expected, run.Metrics, time.Total, shop) with { Extended = Extension.NoteIn(folder) };
    }

    /// <returns>Null when the stage has no checkpoints, or nothing is shared.</returns>
    private async Task<CheckpointTravel?> CheckpointsAsync(Decision decision, string folder, Claim claim, CancellationToken cancellation)
    {
        if (decision.Stage is not TrainingStage || shop.Shared is not { } shared)
            return null;
        var travel = new CheckpointTravel(shop, shared, new StageKey(decision.Stage.Id, decision.Key!.Value), claim.Shared, turn, grace);
        if (!StartsOver(decision.Stage))
            await travel.FetchAsync(cancellation);
        return travel;
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

    /// <returns>The record that counts.</returns>
    private async Task<ActionRecord> KeepAsync(Decision decision, ActionRecord made, Claim claim, CancellationToken cancellation)
    {
        foreach (var tree in decision.Inputs.Select(input => input.Tree).OfType<FileTree>())
            shop.Store.Trees.Add(tree);
        var precedence = new Precedence(shop, turn);
        var kept = await precedence.AddAsync(made, cancellation);
        if (claim.IsLost)
            turn.Log(decision.Stage.Id, $"its lease on {shop.SharedName} was lost while it ran: if another machine has finished it, that result counts");
        return claim.IsLost || _force.Includes(decision.Stage.Id)
            ? await precedence.YieldToSharedAsync(kept, cancellation)
            : kept;
    }

    /// <summary>A forced stage begins with nothing, but not again each time that it is interrupted.</summary>
    private bool StartsOver(Stage stage) => _force.Includes(stage.Id) && !options.GoesOn;
}
