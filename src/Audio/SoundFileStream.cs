using System.Numerics.Tensors;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>A file that libsndfile decodes, block by block, its channels averaged to one: memory does not depend on its length.</summary>
internal sealed class SoundFileStream : ISampleStream
{
    private readonly string path;
    private readonly SndFile.Handle file;
    private readonly SndFile.Info info;
    private readonly float[] block;
    private long count;

    /// <exception cref="UnreadableAudioException">It is not audio, or shorter than it says.</exception>
    internal SoundFileStream(string path)
    {
        this.path = path;
        file = SndFile.Open(path, SndFile.Read, ref info, out var failure);
        if (failure is not null)
            throw new UnreadableAudioException(path, $"{FileSignature.Describe(path)} ({failure})");
        FileSignature.RequireStatedLength(path);
        block = new float[SoundFileReader.FramesPerRead * info.Channels];
    }

    public int SampleRate => info.SampleRate;

    public int Read(Span<float> samples)
    {
        var frames = (int)SndFile.sf_readf_float(file, block, Math.Min(SoundFileReader.FramesPerRead, samples.Length));
        ChannelMean.Compute(block.AsSpan(0, frames * info.Channels), info.Channels, samples[..frames]);
        count += frames;
        if (frames == 0)
            RequireWhole();
        else if (!(Math.Abs(TensorPrimitives.MaxMagnitude<float>(samples[..frames])) <= AudioFile.LargestSample))
            throw new UnreadableAudioException(path, $"a sample between {count - frames} and {count} is not a number within range, ±1e10");
        return frames;
    }

    public void Dispose() => file.Dispose();

    private void RequireWhole()
    {
        if (SndFile.sf_error(file) is var error and not 0)
            throw new UnreadableAudioException(path, $"damaged after {count} samples ({SndFile.Message(error)})");
        if (SoundFileReader.IsHeldTo(info) && count < info.Frames)
            throw new UnreadableAudioException(path, $"cut short: {count} of {info.Frames} samples are there");
        if (count == 0)
            throw new UnreadableAudioException(path, "holds no samples");
    }
}
