using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Decodes through libsndfile and notices what it lets pass: files that end before the length they state.</summary>
internal static class SoundFileReader
{
    internal const int FramesPerRead = 1 << 16;

    /// <summary>Ten minutes at 48 kHz: more memory is not taken on a file's word.</summary>
    private const int MostExpected = 1 << 25;

    internal static AudioBuffer Read(string path)
    {
        var info = new SndFile.Info();
        using var file = SndFile.Open(path, SndFile.Read, ref info, out var failure);
        if (failure is not null)
            throw new UnreadableAudioException(path, $"{FileSignature.Describe(path)} ({failure})");
        FileSignature.RequireStatedLength(path);
        var samples = ReadMono(file, info);
        var error = SndFile.sf_error(file);
        if (error != 0)
            throw new UnreadableAudioException(path, $"damaged after {samples.Length} samples ({SndFile.Message(error)})");
        if (StatesItsLength(info) && samples.Length < info.Frames)
            throw new UnreadableAudioException(path, $"cut short: {samples.Length} of {info.Frames} samples are there");
        return new AudioBuffer(samples, info.SampleRate);
    }

    internal static void ReadStretch(string path, int start, Span<float> samples)
    {
        samples.Clear();
        var info = new SndFile.Info();
        using var file = SndFile.Open(path, SndFile.Read, ref info, out var failure);
        if (failure is not null)
            throw new UnreadableAudioException(path, failure);
        if (info.Channels != 1)
            throw new UnreadableAudioException(path, $"has {info.Channels} channels, one is needed");
        var first = Math.Max(0, start);
        var wanted = (int)Math.Min(samples.Length - (first - start), info.Frames - first);
        if (wanted <= 0)
            return;
        if (SndFile.sf_seek(file, first, 0) != first || SndFile.sf_readf_float(file, samples[(first - start)..], wanted) != wanted)
            throw new UnreadableAudioException(path, $"damaged between samples {first} and {first + wanted}");
    }

    /// <summary>Only FLAC: the length of the others is taken from the data, or estimated.</summary>
    internal static bool StatesItsLength(in SndFile.Info info) => (info.Format & 0x0FFF0000) == SndFile.Flac && info.Frames != long.MaxValue;

    /// <summary>As many samples as are there; what the file says of its length only tells where to begin.</summary>
    private static float[] ReadMono(SndFile.Handle file, in SndFile.Info info)
    {
        var mono = new float[Math.Clamp(info.Frames, 0, MostExpected) + 1];
        var block = info.Channels == 1 ? [] : new float[FramesPerRead * info.Channels];
        var count = 0;
        for (long frames; (frames = ReadBlock(file, block, mono.AsSpan(count), info.Channels)) > 0;)
        {
            count += (int)frames;
            if (count == mono.Length)
                Array.Resize(ref mono, 2 * count);
        }
        return mono[..count];
    }

    /// <param name="block">Room for <see cref="FramesPerRead"/> frames; none is needed where the file is mono.</param>
    /// <returns>Frames, 0 at the end.</returns>
    internal static long ReadBlock(SndFile.Handle file, float[] block, Span<float> mono, int channels)
    {
        var wanted = Math.Min(FramesPerRead, mono.Length);
        if (channels == 1)
            return SndFile.sf_readf_float(file, mono, wanted);
        var frames = SndFile.sf_readf_float(file, block, wanted);
        if (channels == 2)
            Average(block, mono[..(int)frames]);
        else
            for (var frame = 0; frame < frames; frame++)
                mono[frame] = Mean(block.AsSpan(frame * channels, channels));
        return frames;
    }

    /// <summary>The usual case, without a loop within the loop.</summary>
    private static void Average(ReadOnlySpan<float> stereo, Span<float> mono)
    {
        stereo = stereo[..(2 * mono.Length)];
        for (var frame = 0; frame < mono.Length; frame++)
            mono[frame] = (stereo[2 * frame] + stereo[2 * frame + 1]) / 2;
    }

    private static float Mean(ReadOnlySpan<float> channels)
    {
        var sum = 0f;
        foreach (var sample in channels)
            sum += sample;
        return sum / channels.Length;
    }
}
