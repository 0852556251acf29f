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
        if (shop.Store.CanRestore(outputs))
            return new Judgement(PlannedState.Restore, "its outputs are missing or damaged; the store has them", record.Key, record);
        if (records.AreShared(record.Key))
            return new Judgement(PlannedState.Restore, $"{shop.SharedName} has its outputs", record.Key, record) { Download = outputs.Bytes };
        return records.MayAsk(record.Key)
            ? new Judgement(PlannedState.Run, "its recorded outputs are lost", record.Key, record) { Unasked = true }
            : null;
    }
}
