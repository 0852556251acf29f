using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Guarantee 10 between machines: the finished training that the stage's lock file names is gone on from where its last checkpoint is in
/// the shared store.
/// </summary>
internal sealed class SharedExtension(Workshop shop, SharedAccess shared)
{
    /// <summary>Puts its checkpoints where those of the stage's key belong, unless there are some.</summary>
    /// <returns>Null when there was nothing to begin with.</returns>
    /// <exception cref="StorageException"/>
    public async Task<Extension?> BeginAsync(Decision decision, string folder, CancellationToken cancellation)
    {
        var arrived = Path.Combine(folder, "extended");
        if (Extension.HasAny(Path.Combine(folder, RunFolders.Checkpoints)) || shop.Locks.FindKey(decision.Stage.Id) is not { } key)
            return null;
        var finished = shop.Records.Find(key) ?? await shared.FindAsync(key, decision.Stage.Id, decision.Stage.Outputs, cancellation);
        if (finished is null || Extension.Of(decision, finished, arrived) is not { } extension || !await TryFetchAsync(key, folder, arrived, cancellation))
            return null;
        extension.Begin(folder);
        Folders.Delete(arrived);
        return extension;
    }

    private async Task<bool> TryFetchAsync(ContentHash key, string folder, string arrived, CancellationToken cancellation)
    {
        try
        {
            if (await shared.Store.FindCheckpointAsync(key, cancellation) is not { } set || !set.Entries.All(entry => GraphValidation.IsFileName(entry.Name)))
                return false;
            using var parcel = CheckpointParcel.GoOn(Path.Combine(folder, "arriving"), shop.Options.Clock);
            return await shared.Store.PullAsync(set, parcel.Store, null, cancellation) && parcel.TryUnpack(set, arrived);
        }
        catch (SharedStoreException)
        {
            return false;
        }
    }
}
