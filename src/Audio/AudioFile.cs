using System.Numerics.Tensors;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Audio files by their extension: .g722 through libspandsp, everything else (wav, flac, ogg, mp3, opus) through libsndfile.</summary>
public static class AudioFile
{
    /// <summary>
    /// Louder samples are refused where a file is read as a stream: far above any recording, in floats that hold 32-bit integers too, and far below
    /// what leaves its rounding in sums that run on.
    /// </summary>
    public const float LargestSample = 1e10f;

    /// <summary>The file at its own sample rate, its channels averaged to one.</summary>
    /// <exception cref="UnreadableAudioException">The file is empty, not audio, damaged, shorter than it says or without samples.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static AudioBuffer Read(string path) => Decode(path).Audio;

    /// <inheritdoc cref="Read"/>
    /// <param name="maxSeconds">A longer file is unreadable. Where it states its length it is refused before any of it is decoded.</param>
    public static DecodedFile Decode(string path, double maxSeconds = double.PositiveInfinity)
    {
        FileSignature.RequireContent(path);
        var decoded = IsG722(path)
            ? G722File.Read(path, maxSeconds)
            : SoundFileReader.Read(path, maxSeconds);
        RequireNumbers(path, decoded.Audio.Samples);
        return decoded;
    }

    /// <summary>
    /// The file at <paramref name="sampleRate"/>, block by block, its channels averaged to one. Memory does not depend on its length, but
    /// for .g722.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public static ISampleStream OpenAt(string path, int sampleRate)
    {
        FileSignature.RequireContent(path);
        ISampleStream source = IsG722(path) ? new BufferStream(G722File.Read(path, double.PositiveInfinity).Audio) : new SoundFileStream(path);
        return source.SampleRate == sampleRate ? source : new ResampledStream(source, sampleRate);
    }

    /// <summary>A stretch of a mono file that libsndfile decodes, at the file's own rate; only that stretch is decoded.</summary>
    /// <param name="samples">[N] zeros where the stretch lies before the beginning or after the end of the file.</param>
    /// <exception cref="UnreadableAudioException">The file is not mono audio, or damaged there.</exception>
    public static void ReadStretch(string path, int start, Span<float> samples) => SoundFileReader.ReadStretch(path, start, samples);

    /// <summary>WAV, 16 bit, values beyond ±1 clipped. Writes over an existing file.</summary>
    /// <exception cref="IOException">The device is full, or the file cannot be written for another reason.</exception>
    public static void WriteWav16(string path, AudioBuffer audio) => Write(path, audio, SndFile.Wav);

    /// <summary>FLAC, 16 bit, values beyond ±1 clipped. Writes over an existing file.</summary>
    /// <inheritdoc cref="WriteWav16"/>
    public static void WriteFlac16(string path, AudioBuffer audio) => Write(path, audio, SndFile.Flac);

    /// <summary>A WAV file in memory, 16 bit, values beyond ±1 clipped.</summary>
    public static byte[] Wav16(AudioBuffer audio)
    {
        using var encoded = new SoundMemory();
        Encode("WAV in memory", audio, SndFile.Wav, encoded);
        return encoded.Content.ToArray();
    }

    private static bool IsG722(string path) => Path.GetExtension(path).Equals(".g722", StringComparison.OrdinalIgnoreCase);

    private static void RequireNumbers(string path, float[] samples)
    {
        if (samples.Length == 0)
            throw new UnreadableAudioException(path, "holds no samples");
        if (TensorPrimitives.IsFiniteAll<float>(samples))
            return;
        var broken = Array.FindIndex(samples, sample => !float.IsFinite(sample));
        throw new UnreadableAudioException(path, $"sample {broken} is {samples[broken]}, not a number within range");
    }

    private static void Write(string path, AudioBuffer audio, int container)
    {
        using var encoded = new SoundMemory();
        Encode(path, audio, container, encoded);
        using var file = File.Create(path);
        file.Write(encoded.Content);
    }

    private static void Encode(string path, AudioBuffer audio, int container, SoundMemory encoded)
    {
        var info = new SndFile.Info { SampleRate = audio.SampleRate, Channels = 1, Format = container | SndFile.Pcm16 };
        using var file = SndFile.Open(encoded, SndFile.Write, ref info, out var failure);
        if (failure is not null)
            throw new IOException($"{path}: cannot be written as audio at {audio.SampleRate} Hz: {failure}");
        if (SndFile.sf_writef_short(file, Pcm16.Quantize(audio.Samples), audio.Samples.Length) != audio.Samples.Length)
            throw new IOException($"{path}: not all samples could be encoded: {SndFile.Message(SndFile.sf_error(file))}");
    }
}
