namespace Tmrvc.Streaming;

/// <summary>A conversion or an enrolment cannot be done with what was given: the message names the file and says what is allowed.</summary>
public class ConversionException(string message, Exception? cause = null) : Exception(message, cause);
