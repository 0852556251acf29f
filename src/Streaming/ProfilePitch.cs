using Tmrvc.Audio;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>The range of F0 that a profile tells.</summary>
public static class ProfilePitch
{
    /// <returns>Null where the profile tells none.</returns>
    public static PitchRange? PitchRange(this SpeakerProfile profile) => profile.Metadata is { LogF0Mean: { } mean, LogF0Deviation: { } deviation }
        ? new PitchRange(mean, deviation)
        : null;
}
