using System.Runtime.InteropServices;

namespace Tmrvc.Streaming.Tests;

/// <summary>A mono WAV file of 32-bit floats at 24 kHz, which rounds nothing.</summary>
internal static class FloatWav
{
    public static void Write(string path, float[] samples)
    {
        using var file = new BinaryWriter(File.Create(path));
        var data = MemoryMarshal.AsBytes(samples.AsSpan());
        file.Write("RIFF"u8);
        file.Write(36 + data.Length);
        file.Write("WAVEfmt "u8);
        file.Write(16);
        file.Write((ushort)3);
        file.Write((ushort)1);
        foreach (var field in new[] { 24000, 24000 * sizeof(float), sizeof(float) | (32 << 16) })
            file.Write(field);
        file.Write("data"u8);
        file.Write(data.Length);
        file.Write(data);
    }
}
