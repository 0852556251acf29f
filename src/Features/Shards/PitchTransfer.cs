using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Moves F0 from one speaker's range to another's, as <see cref="PitchRange.Moved"/> does.</summary>
public static class PitchTransfer
{
    /// <param name="f0">[T] Hz, 0 where unvoiced.</param>
    /// <returns>[T] Hz, 0 where unvoiced. As given where either speaker has no voiced frame.</returns>
    public static float[] Move(ReadOnlySpan<float> f0, SpeakerStatistics from, SpeakerStatistics to)
    {
        var moved = f0.ToArray();
        if (from.VoicedFrames == 0 || to.VoicedFrames == 0) return moved;
        var (own, target) = (Range(from), Range(to));
        foreach (ref var hertz in moved.AsSpan())
            if (hertz > 0)
                hertz = (float)own.Moved(hertz, target);
        return moved;
    }

    private static PitchRange Range(SpeakerStatistics speaker) => new(speaker.LogF0Mean, speaker.LogF0Deviation);
}
