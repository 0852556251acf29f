using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore;

/// <summary>What a sweep of a shared store keeps. All ages are told by the server's clock.</summary>
/// <param name="Keys">Records that stay, whatever their age.</param>
/// <param name="Grace">Age up to which any record stays.</param>
/// <param name="Delay">
/// Time from the sweep that condemns a record to the one that deletes it, longer than any build: one that has found the record before
/// it was condemned may want its content until then.
/// </param>
public sealed record SharedSweepOptions(IReadOnlySet<ContentHash> Keys, TimeSpan Grace, TimeSpan Delay)
{
    /// <summary>Age up to which content stays although nothing names it: a push that is under way names it when all has arrived.</summary>
    public TimeSpan LongestPush { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Change nothing; only tell.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What becomes of a record.</summary>
public enum RecordFate
{
    /// <summary>It stays: it is to be kept, or was written or rescued within the grace period.</summary>
    Kept,

    /// <summary>It was condemned earlier and is to be kept now.</summary>
    Pardoned,

    /// <summary>It is marked: the next sweep after the delay deletes it, unless a build finds it before.</summary>
    Condemned,

    /// <summary>It was condemned earlier, less than the delay ago.</summary>
    Waiting,

    Deleted,
}

/// <param name="Count">Of blobs.</param>
public readonly record struct BlobTotals(int Count, long Bytes)
{
    public static BlobTotals operator +(BlobTotals totals, SharedBlob blob) => new(totals.Count + 1, totals.Bytes + blob.Bytes);
}

/// <param name="Records">Their number by fate.</param>
/// <param name="Silent">Records that stay and do not say what they name: then no content is deleted at all.</param>
/// <param name="KeptContent">Indices, packs, objects and checkpoints that stay.</param>
/// <param name="DeletedContent">Those that were deleted, or would be.</param>
/// <param name="Unreadable">Indices that stay and cannot be read; what they name may be gone.</param>
public sealed record SharedSweepFigures(
    IReadOnlyDictionary<RecordFate, int> Records, int Silent, BlobTotals KeptContent, BlobTotals DeletedContent, IReadOnlyList<ContentHash> Unreadable);
