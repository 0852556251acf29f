namespace Tmrvc.Features;

/// <summary>Moves F0 from one speaker's range to another's: linear in log F0, mean to mean and deviation to deviation.</summary>
public static class PitchTransfer
{
    /// <param name="f0">[T] Hz, 0 where unvoiced.</param>
    /// <returns>[T] Hz, 0 where unvoiced. As given where either speaker has no voiced frame.</returns>
    public static float[] Move(ReadOnlySpan<float> f0, SpeakerStatistics from, SpeakerStatistics to)
    {
        var moved = f0.ToArray();
        if (from.VoicedFrames == 0 || to.VoicedFrames == 0) return moved;
        var stretch = from.LogF0Deviation > 0 ? to.LogF0Deviation / from.LogF0Deviation : 1;
        foreach (ref var hertz in moved.AsSpan())
            if (hertz > 0)
                hertz = (float)Math.Exp((Math.Log(hertz) - from.LogF0Mean) * stretch + to.LogF0Mean);
        return moved;
    }
}
