namespace Tmrvc.Streaming;

/// <summary>The networks were computed, and give samples that are no numbers.</summary>
public sealed class NotFiniteException(string message) : ConversionException(message);
