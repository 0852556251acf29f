namespace Tmrvc.SafeTensors;

/// <summary>Thrown for a file that is not well-formed safetensors, before any of its data is trusted.</summary>
public sealed class SafeTensorsException(string message, Exception? cause = null) : Exception(message, cause);
