using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Looks at a recording as it is in the file.</summary>
internal static class QualityCheck
{
    /// <summary>Of two channels of equal power that correlate by −0.9.</summary>
    private const double LeastPowerKept = 0.05;

    /// <exception cref="ItemRejectedException">The recording cannot be used.</exception>
    internal static void Require(DecodedFile source, QualitySettings allowed, double minSeconds)
    {
        var audio = source.Audio;
        if (audio.SampleRate < allowed.MinSampleRate)
            throw new ItemRejectedException(
                $"sample rate is {audio.SampleRate} Hz, {allowed.MinSampleRate} Hz or more is allowed");
        if (audio.Seconds < minSeconds)
            throw new ItemRejectedException($"too short: {audio.Seconds:0.00} s, {minSeconds} s or more is allowed");
        RequireLevel(source.Channels, allowed);
        if (source.PowerKept < LeastPowerKept)
            throw new ItemRejectedException(
                $"its {source.Channels.Count} channels cancel each other: their mean keeps {source.PowerKept:0.0%} of their power, {LeastPowerKept:0%} or more is allowed; store one of them alone");
    }

    /// <summary>All channels silent, or any of them clipped.</summary>
    private static void RequireLevel(IReadOnlyList<ChannelLevel> channels, QualitySettings allowed)
    {
        var peak = channels.Max(channel => channel.Peak);
        if (peak == 0)
            throw new ItemRejectedException("silent: every sample is 0");
        var peakDb = 20 * Math.Log10(peak);
        if (peakDb < allowed.MinPeakDb)
            throw new ItemRejectedException(
                $"silent: its peak is {peakDb:0.0} dB of full scale, {allowed.MinPeakDb} dB or more is allowed");
        var clipped = channels.Max(channel => channel.FullScaleShare);
        if (clipped > allowed.MaxClippedShare)
            throw new ItemRejectedException(
                $"clipped: {clipped:0.0%} of {(channels.Count == 1 ? "its samples" : "a channel's samples")} are at full scale, {allowed.MaxClippedShare:0.0%} at most is allowed");
    }
}
