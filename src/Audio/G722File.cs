using System.Numerics.Tensors;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Bare ITU-T G.722 at 64 kbit/s: no header, one byte for two samples at 16 kHz.</summary>
internal static class G722File
{
    private const int BitRate = 64000;
    private const int SampleRate = 16000;
    private const float FullScale = 32768;

    internal static DecodedFile Read(string path, double maxSeconds)
    {
        FileSignature.RequireBareData(path);
        new LengthLimit(path, SampleRate, maxSeconds).Require(2 * FileSignature.Length(path));
        var data = File.ReadAllBytes(path);
        using var decoder = Spandsp.g722_decode_init(0, BitRate, 0);
        var decoded = new short[2 * data.Length];
        var count = Spandsp.g722_decode(decoder, decoded, data, data.Length);
        var samples = new float[count];
        TensorPrimitives.ConvertTruncating<short, float>(decoded.AsSpan(0, count), samples);
        TensorPrimitives.Divide(samples, FullScale, samples);
        return DecodedFile.Of(new AudioBuffer(samples, SampleRate));
    }
}
