using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Tmrvc.Reporting.Tests.Support;

/// <summary>A voice-like sound and its log-mel picture from one formula: gliding harmonics under moving formants, in syllables.</summary>
internal static class SyntheticVoice
{
    public const int Bins = 80;
    private const int SampleRate = 24000;
    private const int HopLength = 240;

    /// <param name="blur">0 for the sound itself; larger values fade its detail, as a half-trained model does.</param>
    /// <returns>[80, frames] natural-log power.</returns>
    public static float[] LogMel(int frames, double pitch, double blur = 0)
    {
        var logMel = new float[Bins * frames];
        for (var bin = 0; bin < Bins; bin++)
            for (var frame = 0; frame < frames; frame++)
                logMel[bin * frames + frame] = (float)Power(BinHertz(bin), frame * 0.01, pitch, blur);
        return logMel;
    }

    private static readonly ConcurrentDictionary<(int Frames, double Pitch), byte[]> Wavs = new();

    /// <summary>A 16-bit mono WAV of the same harmonics.</summary>
    public static byte[] Wav(int frames, double pitch) => Wavs.GetOrAdd((frames, pitch), sound => MakeWav(sound.Frames, sound.Pitch));

    private static byte[] MakeWav(int frames, double pitch)
    {
        var samples = frames * HopLength;
        var wav = new byte[44 + 2 * samples];
        WriteHeader(wav, 2 * samples);
        double phase = 0;
        for (var i = 0; i < samples; i++)
        {
            var second = (double)i / SampleRate;
            phase += 2 * Math.PI * Glide(second, pitch) / SampleRate;
            var value = Enumerable.Range(1, 12).Sum(harmonic => Math.Sin(harmonic * phase) / harmonic) * Syllable(second);
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + 2 * i), (short)(6000 * value));
        }
        return wav;
    }

    private static double Power(double hertz, double second, double pitch, double blur)
    {
        var f0 = Glide(second, pitch);
        var harmonic = (1 - Math.Min(1, blur)) * 1.6 * Math.Cos(2 * Math.PI * hertz / f0) * Math.Exp(-hertz / 2500);
        var formants = Formant(hertz, 550 + 250 * Math.Sin(2.1 * second), 130) + Formant(hertz, 1500 + 500 * Math.Sin(1.4 * second + 1), 220)
            + 0.7 * Formant(hertz, 2700 + 200 * Math.Sin(second), 350);
        var speech = -4.5 - hertz / 2600 + 6.5 * formants + harmonic;
        var grain = 0.7 * Math.Sin(hertz * 12.9898 + second * 7823.3) * (1 + blur);
        var level = Syllable(second);
        return level * speech + (1 - level) * -11 + grain;
    }

    private static double Glide(double second, double pitch) => pitch * (1 + 0.18 * Math.Sin(2.6 * second));

    private static double Syllable(double second) => Math.Pow(Math.Clamp(0.62 + 0.6 * Math.Sin(2 * Math.PI * 2.7 * second - 1.2), 0, 1), 0.6);

    private static double Formant(double hertz, double centre, double width) => 1 / (1 + Math.Pow((hertz - centre) / width, 2));

    private static double BinHertz(int bin) => 700 * (Math.Pow(10, (bin + 0.5) / Bins * 3266 / 2595) - 1);

    private static void WriteHeader(Span<byte> wav, int dataBytes)
    {
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], 36 + dataBytes);
        "WAVEfmt "u8.CopyTo(wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], 2 * SampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 16);
        "data"u8.CopyTo(wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], dataBytes);
    }
}
