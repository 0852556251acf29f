using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Guarantee 7: of several results under one key the first counts, here and in the shared store, unless its bytes are lost. What gives
/// way is told.
/// </summary>
internal sealed class Precedence(Workshop shop, ObserverTurn turn)
{
    /// <returns>The record that counts on this machine.</returns>
    public async Task<ActionRecord> AddAsync(ActionRecord made, CancellationToken cancellation)
    {
        var kept = shop.Records.Add(made);
        if (SameOutputs(kept, made))
            return kept;
        if (await FetchAsync(kept, cancellation) == RestoreResult.InPlace)
        {
            turn.Log(made.Stage, "it yielded other bytes than before under the same key; the recorded ones are kept. "
                + "Raise its Version to accept new ones");
            return kept;
        }
        shop.Records.Replace(made);
        shop.Shared?.Markers.Drop(made.Key);
        return made;
    }

    /// <summary>Looks whether another machine was first.</summary>
    /// <returns>The record that counts everywhere.</returns>
    public async Task<ActionRecord> YieldToSharedAsync(ActionRecord ours, CancellationToken cancellation) =>
        shop.Shared is { } shared &&
        await shared.FindAsync(ours.Key, ours.Stage, ours.Outputs.Select(output => output.Name), cancellation) is { } theirs
            ? await YieldAsync(ours, theirs, cancellation)
            : ours;

    /// <param name="theirs">What the shared store has under the key.</param>
    /// <returns>The record that counts everywhere.</returns>
    public async Task<ActionRecord> YieldAsync(ActionRecord ours, ActionRecord theirs, CancellationToken cancellation)
    {
        if (SameOutputs(ours, theirs))
            return ours;
        var result = await FetchAsync(theirs, cancellation);
        if (result == RestoreResult.Lost)
            turn.Log(ours.Stage, $"{shop.SharedName} names other bytes under the same key and has lost them; ours count");
        if (result != RestoreResult.InPlace)
            return ours;
        turn.Log(ours.Stage, $"{shop.SharedName} has other bytes under the same key (key {ours.Key.Short}, "
            + $"{Outputs(theirs)} there, {Outputs(ours)} here); those were first and count");
        shop.Records.Replace(theirs);
        return theirs;
    }

    public static bool SameOutputs(ActionRecord one, ActionRecord other) =>
        new EntrySet(one.Outputs).Hash == new EntrySet(other.Outputs).Hash;

    private static string Outputs(ActionRecord record) => new EntrySet(record.Outputs).Hash.Short;

    private async Task<RestoreResult> FetchAsync(ActionRecord record, CancellationToken cancellation) =>
        shop.Store.IsInPlace(new EntrySet(record.Outputs))
            ? RestoreResult.InPlace
            : (await new StageRestore(shop, turn).TryAsync(record, cancellation)).Result;
}
