using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Decodes through libsndfile and notices what it lets pass: files that end before the length they state.</summary>
internal static class SoundFileReader
{
    private const int FramesPerRead = 1 << 16;

    internal static AudioBuffer Read(string path)
    {
        var info = new SndFile.Info();
        using var file = SndFile.Open(path, SndFile.Read, ref info, out var failure);
        if (failure is not null)
            throw new UnreadableAudioException(path, $"{FileSignature.Describe(path)} ({failure})");
        FileSignature.RequireStatedLength(path);
        var samples = ReadMono(file, info.Channels);
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
    private static bool StatesItsLength(in SndFile.Info info) => (info.Format & 0x0FFF0000) == SndFile.Flac && info.Frames != long.MaxValue;

    private static float[] ReadMono(SndFile.Handle file, int channels)
    {
        var mono = new List<float>();
        var block = new float[FramesPerRead * channels];
        for (long frames; (frames = SndFile.sf_readf_float(file, block, FramesPerRead)) > 0;)
            AppendMean(mono, block.AsSpan(0, (int)frames * channels), channels);
        return [.. mono];
    }

    private static void AppendMean(List<float> mono, ReadOnlySpan<float> interleaved, int channels)
    {
        if (channels == 1)
        {
            mono.AddRange(interleaved);
            return;
        }
        for (; !interleaved.IsEmpty; interleaved = interleaved[channels..])
            mono.Add(System.Numerics.Tensors.TensorPrimitives.Sum(interleaved[..channels]) / channels);
    }
}
