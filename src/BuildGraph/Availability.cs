using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Where the outputs of a record are: in place, in this machine's store, in the shared one.</summary>
internal sealed class Availability(Workshop shop, KnownRecords records)
{
    /// <returns>Null when they are nowhere.</returns>
    public Judgement? Of(ActionRecord record)
    {
        var outputs = new EntrySet(record.Outputs);
        if (shop.Store.IsInPlace(outputs))
            return new Judgement(PlannedState.Fresh, Words.Fresh(record), record.Key, record);
        var isDamaged = Directory.Exists(shop.Store.FolderOf(outputs));
        if (shop.Store.CanRestore(outputs))
            return Restore(record, $"its outputs are {(isDamaged ? "incomplete or damaged" : "not in place")}; the store has them", isDamaged);
        if (records.AreShared(record.Key))
            return Restore(record, $"{shop.SharedName} has its outputs", isDamaged) with { Download = outputs.Bytes };
        return records.MayAsk(record.Key)
            ? new Judgement(PlannedState.Run, "its recorded outputs are lost", record.Key, record) { Unasked = true }
            : null;
    }

    private static Judgement Restore(ActionRecord record, string reason, bool isDamaged) =>
        new(PlannedState.Restore, reason, record.Key, record) { IsDamaged = isDamaged };
}
