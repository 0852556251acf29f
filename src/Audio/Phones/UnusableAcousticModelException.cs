namespace Tmrvc.Audio;

/// <summary>A file of an acoustic model is broken, or says what <see cref="PhonePosteriors"/> cannot do.</summary>
public sealed class UnusableAcousticModelException(string message) : Exception(message);
