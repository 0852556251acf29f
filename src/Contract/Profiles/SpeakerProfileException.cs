namespace Tmrvc.Contract;

/// <summary>Thrown for what is no sound speaker profile, before any of its values is given out.</summary>
public sealed class SpeakerProfileException(string message, Exception? cause = null) : Exception(message, cause);
