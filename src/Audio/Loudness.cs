using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>Integrated loudness of mono audio, ITU-R BS.1770-4 with both gates.</summary>
public static class Loudness
{
    private const int HopsInBlock = 4;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;

    /// <summary>
    /// LUFS; negative infinity when every 400 ms block lies below −70 LUFS. Audio shorter than one block is measured as if it
    /// were repeated up to its length.
    /// </summary>
    public static double IntegratedLufs(AudioBuffer audio)
    {
        if (audio.Samples.Length == 0)
            return double.NegativeInfinity;
        var hops = new KWeighting(audio.SampleRate).HopPowers(AtLeastABlock(audio));
        var blocks = new List<double>(hops.Length);
        for (var first = 0; first + HopsInBlock <= hops.Length; first++)
            blocks.Add((hops[first] + hops[first + 1] + hops[first + 2] + hops[first + 3]) / HopsInBlock);
        blocks.RemoveAll(power => !(Level(power) >= AbsoluteGate));
        if (blocks.Count == 0)
            return double.NegativeInfinity;
        var gate = Level(blocks.Average()) + RelativeGate;
        return Level(blocks.Where(power => Level(power) >= gate).Average());
    }

    private static double Level(double power) => -0.691 + 10 * Math.Log10(power);

    private static float[] AtLeastABlock(AudioBuffer audio)
    {
        var block = HopsInBlock * (audio.SampleRate / 10 + 1);
        return audio.Samples.Length >= block
            ? audio.Samples
            : [.. Enumerable.Repeat(audio.Samples, block / audio.Samples.Length + 1).SelectMany(samples => samples)];
    }

    /// <summary>
    /// Scales to <paramref name="targetLufs"/>, or to as much as keeps every sample within ±<paramref name="peakCeiling"/>.
    /// </summary>
    /// <exception cref="SilentAudioException">The loudness is negative infinity.</exception>
    public static AudioBuffer Normalize(AudioBuffer audio, double targetLufs, double peakCeiling = 0.999) =>
        Normalize(audio, targetLufs, out _, peakCeiling);

    /// <inheritdoc cref="Normalize(AudioBuffer, double, double)"/>
    /// <param name="isHeldByPeak">Whether the peak ceiling kept it below the target.</param>
    public static AudioBuffer Normalize(AudioBuffer audio, double targetLufs, out bool isHeldByPeak, double peakCeiling = 0.999)
    {
        var loudness = IntegratedLufs(audio);
        if (double.IsNegativeInfinity(loudness))
            throw new SilentAudioException();
        var gain = Math.Pow(10, (targetLufs - loudness) / 20);
        var largestGain = peakCeiling / Math.Abs(TensorPrimitives.MaxMagnitude<float>(audio.Samples));
        isHeldByPeak = gain > largestGain;
        var scaled = GC.AllocateUninitializedArray<float>(audio.Samples.Length);
        TensorPrimitives.Multiply(audio.Samples, (float)Math.Min(gain, largestGain), scaled);
        return audio with { Samples = scaled };
    }
}
