namespace Tmrvc.ArtifactStore;

/// <summary>
/// The shared store cannot be used. The message names it, says what happened and what to do; neither it nor an inner exception holds a
/// secret.
/// </summary>
public sealed class SharedStoreException(string message, SharedStoreFault fault) : Exception(message)
{
    public SharedStoreFault Fault { get; } = fault;
}

public enum SharedStoreFault
{
    /// <summary>Not reached, or it kept failing after all tries.</summary>
    Unreachable,

    /// <summary>No permission: a wrong, missing or expired credential, or a read-only one.</summary>
    NoPermission,

    /// <summary>There is no such account or container.</summary>
    NoSuchStore,

    /// <summary>A lease was lost to another machine.</summary>
    LeaseLost,
}
