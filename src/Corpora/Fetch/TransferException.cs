namespace Tmrvc.Corpora;

/// <summary>Something could not be brought here; another attempt may help.</summary>
public sealed class TransferException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How long the other side asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
