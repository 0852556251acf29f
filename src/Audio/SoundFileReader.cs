using System.Buffers;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Decodes through libsndfile and notices what it lets pass: files that end before the length they state.</summary>
internal static class SoundFileReader
{
    internal const int FramesPerRead = 1 << 14;

    /// <summary>Ten minutes at 48 kHz: more memory is not taken on a file's word.</summary>
    private const int MostExpected = 1 << 25;

    internal static DecodedFile Read(string path, double maxSeconds)
    {
        var info = new SndFile.Info();
        using var file = SndFile.Open(path, SndFile.Read, ref info, out var failure);
        if (failure is not null)
            throw new UnreadableAudioException(path, $"{FileSignature.Describe(path)} ({failure})");
        FileSignature.RequireStatedLength(path);
        var limit = new LengthLimit(path, info.SampleRate, maxSeconds);
        if (StatesALength(info))
            limit.Require(info.Frames);
        var decoded = ReadMono(file, info, limit);
        var (found, error) = (decoded.Audio.Samples.Length, SndFile.sf_error(file));
        if (error != 0)
            throw new UnreadableAudioException(path, $"damaged after {found} samples ({SndFile.Message(error)})");
        if (IsHeldTo(info) && found < info.Frames)
            throw new UnreadableAudioException(path, $"cut short: {found} of {info.Frames} samples are there");
        return decoded;
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

    private static bool StatesALength(in SndFile.Info info) => info.Frames != long.MaxValue;

    /// <summary>Only FLAC: the length of the others is taken from the data, or estimated.</summary>
    internal static bool IsHeldTo(in SndFile.Info info) => (info.Format & 0x0FFF0000) == SndFile.Flac && StatesALength(info);

    /// <summary>As many samples as are there; what the file says of its length only tells where to begin.</summary>
    private static DecodedFile ReadMono(SndFile.Handle file, in SndFile.Info info, LengthLimit limit)
    {
        var (mono, count) = (GC.AllocateUninitializedArray<float>((int)Math.Clamp(info.Frames, 0, MostExpected)), 0);
        var levels = new ChannelLevels(info.Channels);
        var block = ArrayPool<float>.Shared.Rent(FramesPerRead * info.Channels);
        for (int frames; (frames = (int)SndFile.sf_readf_float(file, block, FramesPerRead)) > 0; count += frames)
        {
            limit.Require((long)count + frames);
            if (count + frames > mono.Length)
                Array.Resize(ref mono, (int)Math.Min(Array.MaxLength, Math.Max(2L * mono.Length, count + FramesPerRead)));
            var channels = block.AsSpan(0, frames * info.Channels);
            var mean = mono.AsSpan(count, frames);
            ChannelMean.Compute(channels, info.Channels, mean);
            levels.Add(channels, mean);
        }
        ArrayPool<float>.Shared.Return(block);
        return levels.Describe(new AudioBuffer(count == mono.Length ? mono : mono[..count], info.SampleRate));
    }
}
