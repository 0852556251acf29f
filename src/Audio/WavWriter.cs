using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tmrvc.Audio;

/// <summary>
/// A mono WAV file of 16 bit, written block by block beside its place; it is there whole after <see cref="Complete"/>, or not at all.
/// Little-endian machines only.
/// </summary>
public sealed class WavWriter : IDisposable
{
    private const int HeaderBytes = 44;

    /// <summary>What the size fields of a RIFF file can say.</summary>
    private const long MostDataBytes = uint.MaxValue - HeaderBytes;

    private readonly string path;
    private readonly string partial;
    private readonly int sampleRate;
    private readonly FileStream file;
    private readonly short[] steps = new short[4096];
    private long dataBytes;
    private bool completed;

    /// <exception cref="IOException">The file cannot be created.</exception>
    public WavWriter(string path, int sampleRate) : this(path, sampleRate, place => new FileStream(place, FileMode.CreateNew))
    {
    }

    /// <param name="create">Makes the file that is written to, which must not be there yet.</param>
    internal WavWriter(string path, int sampleRate, Func<string, FileStream> create)
    {
        (this.path, this.sampleRate, partial) = (path, sampleRate, FreePlace(path));
        file = create(partial);
        file.Write(new byte[HeaderBytes]);
    }

    /// <summary>Samples beyond ±1, which were clipped.</summary>
    public long Clipped { get; private set; }

    /// <exception cref="IOException">The device is full, or the file would be longer than a WAV file can be.</exception>
    public void Append(ReadOnlySpan<float> samples)
    {
        for (; samples.Length > 0; samples = samples[Math.Min(samples.Length, steps.Length)..])
        {
            var block = samples[..Math.Min(samples.Length, steps.Length)];
            dataBytes += sizeof(short) * block.Length;
            if (dataBytes > MostDataBytes)
                throw new IOException($"{path}: more samples than a WAV file can hold, {MostDataBytes / sizeof(short)}");
            Clipped += CountClipped(block);
            Pcm16.Quantize(block, steps.AsSpan(0, block.Length));
            file.Write(MemoryMarshal.AsBytes(steps.AsSpan(0, block.Length)));
        }
    }

    /// <exception cref="IOException">The device is full, or a folder has the file's name.</exception>
    public void Complete()
    {
        file.Position = 0;
        file.Write(Header());
        file.Flush(flushToDisk: true);
        file.Dispose();
        File.Move(partial, path, overwrite: true);
        completed = true;
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException) when (!completed)
        {
            // What did not fit before does not fit now; the first failure has been thrown.
        }
        finally
        {
            if (!completed)
                File.Delete(partial);
        }
    }

    /// <summary>Beside <paramref name="path"/>; a file of that name is somebody's, perhaps what is being read.</summary>
    private static string FreePlace(string path) =>
        Enumerable.Range(0, int.MaxValue).Select(n => n == 0 ? $"{path}.partial" : $"{path}.{n}.partial").First(place => !Path.Exists(place));

    private static long CountClipped(ReadOnlySpan<float> block)
    {
        var clipped = 0L;
        foreach (var sample in block)
            clipped += MathF.Round(sample * 32768) is < short.MinValue or > short.MaxValue + 1 ? 1 : 0;
        return clipped;
    }

    private byte[] Header()
    {
        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(HeaderBytes - 8 + dataBytes));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        uint[] format = [16, 1 | (1 << 16), (uint)sampleRate, (uint)(sampleRate * sizeof(short)), sizeof(short) | (16 << 16)];
        for (var i = 0; i < format.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16 + 4 * i), format[i]);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), (uint)dataBytes);
        return header;
    }
}
