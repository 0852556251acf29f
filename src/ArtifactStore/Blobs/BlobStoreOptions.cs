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

    /// <summary>
    /// Names who asks for leases, so that what a killed process held is its successor's at once and not after a minute. Processes of one
    /// name must exclude each other by other means. Null when every process is a stranger.
    /// </summary>
    public string? Holder { get; init; }

    /// <summary>Sends the requests; null for the system's own.</summary>
    public HttpMessageHandler? Http { get; init; }
}
