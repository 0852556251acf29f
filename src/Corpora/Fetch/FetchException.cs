namespace Tmrvc.Corpora;

/// <summary>A corpus cannot be had on this machine as it is; the message says what to do.</summary>
public sealed class FetchException(string message, Exception? cause = null) : Exception(message, cause);
