using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>Finds the first arrival in a response, which need not be its greatest peak.</summary>
public static class DirectSound
{
    /// <summary>ISO 3382-1: the response starts where it first comes within 20 dB of its peak.</summary>
    private const float OnsetShare = 0.1f;

    /// <summary>Seconds after the onset within which the direct sound has its peak.</summary>
    private const double Rise = 0.001;

    /// <returns>The peak's sample; -1 in silence.</returns>
    public static int Find(ReadOnlySpan<float> samples, int sampleRate)
    {
        if (samples.IsEmpty)
            return -1;
        var peak = Math.Abs(TensorPrimitives.MaxMagnitude(samples));
        if (peak == 0)
            return -1;
        var onset = 0;
        while (Math.Abs(samples[onset]) < OnsetShare * peak)
            onset++;
        var rise = samples.Slice(onset, Math.Min((int)(Rise * sampleRate) + 1, samples.Length - onset));
        return onset + TensorPrimitives.IndexOfMaxMagnitude(rise);
    }
}
