using Tmrvc.Audio;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

internal static class ProfilePitch
{
    /// <summary>Null where the profile tells none.</summary>
    internal static PitchRange? PitchRange(this SpeakerProfile profile) => profile.Metadata is { LogF0Mean: { } mean, LogF0Deviation: { } deviation }
        ? new PitchRange(mean, deviation)
        : null;
}
