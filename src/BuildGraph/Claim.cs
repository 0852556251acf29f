using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>The right to work on a key: among the processes of this machine, and among machines where there is a shared store.</summary>
internal sealed class Claim(Lease local, ISharedLease? shared) : IAsyncDisposable
{
    private ISharedLease? _shared = shared;

    /// <summary>Null when nothing is shared, or the shared store cannot be written.</summary>
    public ISharedLease? Shared => _shared;

    /// <summary>Another machine may have worked on the key too.</summary>
    public bool IsLost => _shared is { Lost.IsCancellationRequested: true };

    /// <summary>Leaves the shared lease to another, who ends it.</summary>
    public ISharedLease? HandOver() => Interlocked.Exchange(ref _shared, null);

    public async ValueTask DisposeAsync()
    {
        local.Dispose();
        if (HandOver() is { } lease)
            await EndAsync(lease);
    }

    /// <summary>A lease that cannot be given back runs out by itself.</summary>
    public static async ValueTask EndAsync(ISharedLease lease)
    {
        try
        {
            await lease.DisposeAsync();
        }
        catch (SharedStoreException)
        {
        }
    }
}
