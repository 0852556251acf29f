namespace Tmrvc.BuildGraph;

/// <summary>Thrown by a per-item stage for an item that cannot be used: it is quarantined under this reason and the stage goes on.</summary>
public sealed class ItemRejectedException(string reason, Exception? cause = null) : Exception(reason, cause);
