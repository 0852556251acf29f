using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// ContentVec (Qian et al. 2022), layer 12: [1, 1, N] at 16 kHz to [1, K, 768]. Its frame k sees samples [320·k, 320·k + 400); frames
/// of the pipeline lie between those by the middle of what each sees.
/// </summary>
public sealed class ContentVec(PretrainedNetwork network, SignalParameters parameters) : IContentExtractor
{
    /// <summary>Hertz.</summary>
    public const int SampleRate = 16000;

    internal const int Size = 768;

    private const int Hop = 320;
    private const int Window = 400;

    public static NetworkSignature Signature { get; } =
        new("ContentVec", new TensorShape("audio", "1", "1", "N"), [new TensorShape("content", "1", "T", $"{Size}")]);

    public int Dimension => Size;

    public ContentGrid Grid { get; } = GridOf(parameters);

    /// <summary>The frames of the network are two of the pipeline's.</summary>
    internal static ContentGrid GridOf(SignalParameters parameters) =>
        new FrameGrid(parameters).Among(first: Window / 2.0 / SampleRate, step: (double)Hop / SampleRate);

    public float[] Compute(AudioBuffer audio, ReadOnlySpan<float> logMel)
    {
        var samples = Resampler.Resample(audio, SampleRate).Samples;
        if (samples.Length < Window)
            samples = [.. samples, .. new float[Window - samples.Length]];
        var vectors = network.Run(samples, 1, 1, samples.Length);
        RequireRate(vectors.Sizes[1], samples.Length);
        return Rows(vectors.Values, vectors.Sizes[1]);
    }

    /// <summary>Exports differ by a frame or so in how they treat the ends; anything else would be shifted in time.</summary>
    private void RequireRate(int frames, int samples)
    {
        var expected = (samples - Window) / Hop + 1;
        if (Math.Abs(frames - expected) > 1)
            throw network.Misfit($"gives {frames} frames for {samples} samples, {expected} (one per {Hop}) are expected");
    }

    /// <param name="vectors">[K, 768]</param>
    /// <returns>[768, K]</returns>
    private static float[] Rows(float[] vectors, int count)
    {
        var rows = new float[Size * count];
        for (var frame = 0; frame < count; frame++)
            for (var row = 0; row < Size; row++)
                rows[row * count + frame] = vectors[frame * Size + row];
        return rows;
    }
}
