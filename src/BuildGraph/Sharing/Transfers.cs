using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

public enum TransferDirection
{
    /// <summary>From the shared store to this machine.</summary>
    Download,

    /// <summary>From this machine to the shared store.</summary>
    Upload,
}

/// <summary>What <see cref="Engine.PullAsync"/> or <see cref="Engine.PushAsync"/> did.</summary>
/// <param name="Stages">One for each lock file of the profile, by name.</param>
public sealed record TransferSummary(IReadOnlyList<StageTransfer> Stages, TimeSpan Duration)
{
    /// <summary>Bytes that were moved: nothing that the other side had already.</summary>
    public long Travelled => Stages.Sum(stage => stage.Travelled);

    /// <summary>Whether every artifact that the lock files name and that may travel is where it was to be brought.</summary>
    public bool IsComplete => Stages.All(stage => stage.Result is not TransferResult.Failed);
}

public enum TransferResult
{
    Moved,

    /// <summary>Nothing had to be done.</summary>
    AlreadyThere,

    /// <summary>It may not travel; <see cref="StageTransfer.Reason"/> says why.</summary>
    Confined,

    /// <summary>It could not be brought; <see cref="StageTransfer.Reason"/> says why.</summary>
    Failed,
}

/// <param name="Key">What the lock file names; null when it cannot be read.</param>
/// <param name="Bytes">Size of the stage's outputs; 0 when unknown.</param>
/// <param name="Travelled">Bytes of them that were moved.</param>
/// <param name="Reason">For people: why it failed, or what is remarkable; may be empty.</param>
public sealed record StageTransfer(
    StageId Stage, ContentHash? Key, TransferResult Result, long Bytes, long Travelled, TimeSpan Took, string Reason);
