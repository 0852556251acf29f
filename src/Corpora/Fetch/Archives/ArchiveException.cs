namespace Tmrvc.Corpora;

/// <summary>An archive is damaged, hostile, or not what was expected; the message names it and the entry.</summary>
public sealed class ArchiveException(string message, Exception? cause = null) : Exception(message, cause);
