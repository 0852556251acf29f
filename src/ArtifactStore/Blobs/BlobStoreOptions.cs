namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What a blob store gets from its surroundings.</summary>
public sealed record BlobStoreOptions
{
    public BlobStoreSettings Settings { get; init; } = new();

    public required TimeProvider Clock { get; init; }

    /// <summary>Gets a sentence for people when damage is found, or an entry rescued or replaced. Called from several threads.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>Whether this run must not write, whatever its credential allows.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether other stores are asked too. Then it is no fault, and not told, that a set lies in another one.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>Sends the requests; null for the system's own.</summary>
    public HttpMessageHandler? Http { get; init; }
}
