namespace Tmrvc.Corpora;

/// <summary>The file at an address is another one than when the download began.</summary>
internal sealed class RemoteChangedException(string message) : Exception(message);
