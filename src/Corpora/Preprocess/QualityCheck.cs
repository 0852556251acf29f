using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Looks at a recording as it is in the file.</summary>
internal static class QualityCheck
{
    private const float FullScale = 0.999f;

    /// <exception cref="ItemRejectedException">The recording cannot be used.</exception>
    internal static void Require(AudioBuffer source, QualitySettings allowed, double minSeconds)
    {
        if (source.SampleRate < allowed.MinSampleRate)
            throw new ItemRejectedException(
                $"sample rate is {source.SampleRate} Hz, {allowed.MinSampleRate} Hz or more is allowed");
        if (source.Seconds < minSeconds)
            throw new ItemRejectedException($"too short: {source.Seconds:0.00} s, {minSeconds} s or more is allowed");
        if (source.Seconds > allowed.MaxRecordingSeconds)
            throw new ItemRejectedException(
                $"too long: {source.Seconds:0} s, {allowed.MaxRecordingSeconds} s at most is allowed");
        RequireLevel(source, allowed);
    }

    private static void RequireLevel(AudioBuffer source, QualitySettings allowed)
    {
        var peak = Math.Abs(TensorPrimitives.MaxMagnitude<float>(source.Samples));
        if (peak == 0)
            throw new ItemRejectedException("silent: every sample is 0");
        var peakDb = 20 * Math.Log10(peak);
        if (peakDb < allowed.MinPeakDb)
            throw new ItemRejectedException(
                $"silent: its peak is {peakDb:0.0} dB of full scale, {allowed.MinPeakDb} dB or more is allowed");
        var clipped = source.Samples.Count(sample => Math.Abs(sample) >= FullScale) / (double)source.Samples.Length;
        if (clipped > allowed.MaxClippedShare)
            throw new ItemRejectedException(
                $"clipped: {clipped:0.0%} of its samples are at full scale, {allowed.MaxClippedShare:0.0%} at most is allowed");
    }
}
