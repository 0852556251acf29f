using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>A stretch of an utterance that a teacher is to say.</summary>
/// <param name="Voice">Speaker index: the utterance's own, or another's for a conversion.</param>
/// <param name="Time">How often the utterance is said before.</param>
public readonly record struct Rendition(Crop Crop, int Voice, int Time = 0);
