namespace Tmrvc.Audio;

/// <summary>A possible F0 of a frame.</summary>
/// <param name="Hertz">F0.</param>
/// <param name="Probability">That this is the F0; those of a frame add up to one at most, the rest is unvoiced.</param>
internal readonly record struct PitchCandidate(double Hertz, double Probability);
