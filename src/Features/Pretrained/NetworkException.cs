namespace Tmrvc.Features;

/// <summary>A file is not the network it is taken for, or cannot be computed here.</summary>
public sealed class NetworkException(string message, Exception? cause = null) : Exception(message, cause);
