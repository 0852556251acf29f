using System.Buffers.Binary;
using System.Diagnostics;

namespace Tmrvc.Audio.Tests;

/// <summary>Sphinx's own front end, as a program (Debian's sphinxbase-utils).</summary>
internal static class SphinxFrontEnd
{
    /// <summary>Where Debian's pocketsphinx-en-us places its model.</summary>
    internal const string Model = "/usr/share/pocketsphinx/model/en-us/en-us";

    /// <param name="samples">At 16 kHz, whole numbers of 16 bits.</param>
    /// <returns>[frames, 13] row-major.</returns>
    internal static float[] Cepstra(string work, short[] samples, bool removesNoise)
    {
        var (audio, cepstra) = (work + ".raw", work + ".mfc");
        var bytes = new byte[2 * samples.Length];
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), samples[i]);
        File.WriteAllBytes(audio, bytes);
        var noise = removesNoise ? "yes" : "no";
        var arguments = $"-argfile {Model}/feat.params -raw yes -input_endian little -i {audio} -o {cepstra} -remove_noise {noise} -remove_silence no";
        using var program = Process.Start(new ProcessStartInfo("sphinx_fe", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        program.OutputDataReceived += (_, _) => { };
        program.BeginOutputReadLine();
        var errors = program.StandardError.ReadToEnd();
        program.WaitForExit();
        Assert.That(program.ExitCode, Is.Zero, errors);
        return Numbers(File.ReadAllBytes(cepstra));
    }

    private static float[] Numbers(byte[] file)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(file);
        Assert.That(file, Has.Length.EqualTo(4 + 4 * count));
        return [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(4 + 4 * i)))];
    }
}
