using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build.Caches;

/// <summary>The shared stores of a request, opened; nothing is asked of them before it is needed.</summary>
/// <param name="Engine">All of them as one, for runs; null when there are none.</param>
/// <param name="Each">In their order: the first may be written, the others are read.</param>
public sealed record SharedStores(ISharedStore? Engine, IReadOnlyList<BlobStore> Each)
{
    public static readonly SharedStores None = new(null, []);

    /// <param name="isNeeded">Whether the request is of no use without them.</param>
    internal static SharedStores Open(IReadOnlyList<CacheAddress> addresses, Request request, Workplace workplace, bool isNeeded)
    {
        void Tell(string sentence) => workplace.Errors.WriteLine($"cache: {sentence}");
        BlobStoreOptions Options(int place) => new()
        {
            Clock = workplace.Clock,
            Tell = Tell,
            ReadOnly = place > 0 || request.CachesAreReadOnly,
            IsOneOfSeveral = addresses.Count > 1,
            Holder = LeaseHolder.Of(workplace.Root),
        };
        BlobStore[] stores = [.. addresses.Select((address, place) => BlobStore.Open(address, Options(place)))];
        ISharedStore[] layers = [.. stores.Select(store => new GuardedStore(store, Tell, workplace.Clock, isNeeded))];
        return stores.Length == 0 ? None : new SharedStores(layers.Length == 1 ? layers[0] : new LayeredStore(layers), stores);
    }
}
