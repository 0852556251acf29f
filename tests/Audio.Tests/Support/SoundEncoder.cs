using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio.Tests.Support;

/// <summary>Writes the formats that the pipeline only reads.</summary>
internal static partial class SoundEncoder
{
    internal const int WavFloat = SndFile.Wav | 0x0006;
    internal const int OggVorbis = 0x200000 | 0x0060;
    internal const int OggOpus = 0x200000 | 0x0064;
    internal const int Mp3 = 0x230000 | 0x0082;

    internal static void Write(string path, int format, int sampleRate, float[] interleaved, int channels = 1)
    {
        var info = new SndFile.Info { SampleRate = sampleRate, Channels = channels, Format = format };
        using var file = SndFile.Open(path, SndFile.Write, ref info, out var failure);
        Assert.That(failure, Is.Null);
        var frames = interleaved.Length / channels;
        Assert.That(sf_writef_float(file, interleaved, frames), Is.EqualTo(frames));
    }

    internal static void WriteG722(string path, float[] samplesAt16Kilohertz)
    {
        short[] samples = [.. samplesAt16Kilohertz.Select(sample => (short)Math.Round(sample * 32767))];
        var data = new byte[samples.Length / 2];
        var state = g722_encode_init(0, 64000, 0);
        Assert.That(g722_encode(state, data, samples, samples.Length), Is.EqualTo(data.Length));
        _ = g722_encode_free(state);
        File.WriteAllBytes(path, data);
    }

    [LibraryImport("libsndfile.so.1")]
    private static partial long sf_writef_float(SndFile.Handle file, ReadOnlySpan<float> interleaved, long frames);

    [LibraryImport("libspandsp.so.2")]
    private static partial nint g722_encode_init(nint state, int rate, int options);

    [LibraryImport("libspandsp.so.2")]
    private static partial int g722_encode(nint state, Span<byte> data, ReadOnlySpan<short> samples, int length);

    [LibraryImport("libspandsp.so.2")]
    private static partial int g722_encode_free(nint state);
}
