using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// ContentVec (Qian et al. 2022), layer 12: [1, 1, N] at 16 kHz to [1, T, 768]. Its frame k sees samples [320·k, 320·k + 400); frames
/// of the pipeline are interpolated linearly between those, by the middle of what each sees.
/// </summary>
public sealed class ContentVec(PretrainedNetwork network, SignalParameters parameters) : IContentExtractor
{
    /// <summary>Hertz.</summary>
    public const int SampleRate = 16000;

    private const int Size = 768;
    private const int Hop = 320;
    private const int Window = 400;

    private readonly FrameGrid _grid = new(parameters);

    public static NetworkSignature Signature { get; } =
        new("ContentVec", new TensorShape("audio", "1", "1", "N"), [new TensorShape("content", "1", "T", $"{Size}")]);

    public int Dimension => Size;

    public float[] Compute(AudioBuffer audio, ReadOnlySpan<float> logMel)
    {
        var samples = Resampler.Resample(audio, SampleRate).Samples;
        if (samples.Length < Window)
            samples = [.. samples, .. new float[Window - samples.Length]];
        var vectors = network.Run(samples, 1, 1, samples.Length);
        RequireRate(vectors.Sizes[1], samples.Length);
        return OnGrid(vectors.Values, vectors.Sizes[1], _grid.Frames(audio));
    }

    /// <summary>Exports differ by a frame or so in how they treat the ends; anything else would be shifted in time.</summary>
    private void RequireRate(int frames, int samples)
    {
        var expected = (samples - Window) / Hop + 1;
        if (Math.Abs(frames - expected) > 1)
            throw network.Misfit($"gives {frames} frames for {samples} samples, {expected} (one per {Hop}) are expected");
    }

    /// <param name="vectors">[K, 768]</param>
    /// <returns>[768, T]</returns>
    private float[] OnGrid(float[] vectors, int count, int frames)
    {
        var content = new float[Size * frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var place = _grid.Place(frame, Window / 2.0 / SampleRate, (double)Hop / SampleRate, count);
            var before = Math.Min((int)place, count - 1);
            var share = (float)(place - before);
            var left = vectors.AsSpan(before * Size, Size);
            var right = vectors.AsSpan(Math.Min(before + 1, count - 1) * Size, Size);
            for (var row = 0; row < Size; row++)
                content[row * frames + frame] = left[row] + share * (right[row] - left[row]);
        }
        return content;
    }
}
