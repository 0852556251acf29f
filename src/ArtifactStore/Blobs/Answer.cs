namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What the server said to a request that it understood: a value, or why not.</summary>
/// <param name="Refusal">The server's code, such as BlobNotFound; null when there is a value.</param>
internal readonly record struct Answer<T>(T Value, string? Refusal)
{
    public bool IsValue => Refusal is null;

    public bool IsMissing => Refusal is "BlobNotFound";

    /// <summary>A condition did not hold: the blob exists, or is not what it was.</summary>
    public bool IsConflict => Refusal is "BlobAlreadyExists" or "ConditionNotMet" or "TargetConditionNotMet";
}
