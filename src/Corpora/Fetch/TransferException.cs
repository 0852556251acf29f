namespace Tmrvc.Corpora;

/// <summary>Something could not be brought here; another attempt may help.</summary>
public sealed class TransferException(string message, Exception? cause = null) : Exception(message, cause);
