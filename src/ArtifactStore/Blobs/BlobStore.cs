using Tmrvc.Configuration;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// A container of Azure Blob Storage as the store that machines share. Below the prefix lie <c>v1/records/KEY</c>, <c>v1/sets/HASH</c>
/// (indices), <c>v1/packs/ID</c> (small files together), <c>v1/objects/SHA-256</c> (large ones) and <c>v1/leases/KEY</c>.
/// Nothing is asked, and nothing of Azure loaded, before the first call.
/// </summary>
public sealed class BlobStore : ISharedStore, IDisposable
{
    private readonly BlobStoreOptions _options;
    private readonly Suspicions _suspicions = new();
    private readonly TransferSlots _slots;
    private readonly Lazy<BlobContainer> _container;
    private readonly Lazy<BlobAccess> _access;

    private BlobStore(CacheAddress address, BlobStoreOptions options)
    {
        (Name, _options) = (address.Name, options);
        IsWritable = !options.ReadOnly && MayWrite(address.Credential);
        _slots = new TransferSlots(options.Settings.Parallelism);
        _container = new(() => OpenContainer(address));
        _access = new(() => new BlobAccess(_container.Value, new BlobCalls(Name, options.Settings, options.Clock)));
    }

    public string Name { get; }

    /// <summary>False when this run must not write, or the signature says that it cannot.</summary>
    public bool IsWritable { get; }

    /// <summary>For the collection of garbage and for verification.</summary>
    public BlobInventory Inventory => new(_container.Value, Access, _slots, _options);

    private BlobAccess Access => _access.Value;

    private RecordBlobs Records => new(Access, _suspicions, IsWritable, Tell);

    private LeaseBlobs Leases => new(Access, _options.Settings, _options.Holder, _options.Clock, Tell);

    /// <exception cref="ArgumentException">Lists what is wrong with the settings.</exception>
    public static BlobStore Open(CacheAddress address, BlobStoreOptions options)
    {
        var mistakes = options.Settings.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToArray();
        return mistakes.Length == 0
            ? new BlobStore(address, options)
            : throw new ArgumentException($"Settings of {address.Name}: {string.Join(' ', mistakes)}", nameof(options));
    }

    public Task<byte[]?> FindRecordAsync(ContentHash key, CancellationToken cancellation) => Records.FindAsync(key, cancellation);

    public Task<byte[]> AddRecordAsync(ContentHash key, EntrySet outputs, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        RequireWritable("adding a record");
        return Records.AddAsync(key, outputs, document, cancellation);
    }

    public void Distrust(ContentHash key, ReadOnlyMemory<byte> document)
    {
        if (_suspicions.TryDistrust(key, document.Span))
            Tell($"Record {key.Short} cannot be used: it is not what this version writes under that key. It counts as missing.");
    }

    public async Task<bool> PullAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            var pull = new SetPull(Access, new SetReader(Access), _slots, _options.Settings, _options.Clock);
            await pull.RunAsync(set, local, progress, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (UnusableContentException fault)
        {
            _suspicions.Add(fault.Kind, fault.Hash);
            _suspicions.Add(BlobKind.Set, set.Hash);
            if (!_options.IsOneOfSeveral || !fault.IsAbsence || fault.Kind != BlobKind.Set)
                Tell($"{fault.Message}, so outputs {set.Hash.Short} cannot be restored from it.");
            return false;
        }
    }

    public Task PushAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        RequireWritable("pushing");
        return new SetPush(Access, _slots, _suspicions, _options.Settings.Parallelism).RunAsync(set, local, progress, cancellation);
    }

    public Task<ISharedLease?> TryLeaseAsync(ContentHash key, CancellationToken cancellation)
    {
        RequireWritable("taking a lease");
        return Leases.TryTakeAsync(key, cancellation);
    }

    public Task<EntrySet?> FindCheckpointAsync(ContentHash key, CancellationToken cancellation) => Leases.FindCheckpointAsync(key, cancellation);

    /// <summary>What a verification has found to be damaged or missing: a push through this store replaces it.</summary>
    public void Distrust(BlobKind kind, ContentHash hash) => _suspicions.Add(kind, hash);

    public void Dispose()
    {
        if (_container.IsValueCreated)
            _container.Value.Dispose();
    }

    private BlobContainer OpenContainer(CacheAddress address)
    {
        try
        {
            return new BlobContainer(address, _options.Http);
        }
        catch (Exception cause) when (cause is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new SharedStoreException(
                $"{Name}: {address.Credential} cannot be used. A key must be whole; and over http a shared access signature or a key is needed.",
                SharedStoreFault.NoPermission);
        }
    }

    private void Tell(string sentence) => _options.Tell($"{Name}: {sentence}");

    private void RequireWritable(string what)
    {
        if (!IsWritable)
            throw new SharedStoreException($"{Name}: {what}: it is open for reading only.", SharedStoreFault.NoPermission);
    }

    /// <summary>A signature that states permissions without writing is not tried. One with a stored policy states none.</summary>
    private static bool MayWrite(CacheCredential credential) => credential is not CacheCredential.SharedAccessSignature signature ||
        signature.Query.Split('&').FirstOrDefault(field => field.StartsWith("sp=", StringComparison.Ordinal)) is not { } permissions ||
        permissions[3..].Contains('w');
}
