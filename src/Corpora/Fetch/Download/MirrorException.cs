namespace Tmrvc.Corpora;

/// <summary>An address does not give the file, and asking again will not help; another address may.</summary>
internal sealed class MirrorException(string message, Exception? cause = null) : Exception(message, cause);
