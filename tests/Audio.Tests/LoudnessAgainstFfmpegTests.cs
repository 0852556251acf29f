using System.Diagnostics;
using System.Globalization;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class LoudnessAgainstFfmpegTests
{
    private const int Files = 50;

    [Test]
    public void Fifty_recordings_are_as_loud_as_ffmpeg_finds_them_within_a_tenth_of_a_unit()
    {
        using var folder = new Folder();
        var random = new Random(3);
        string[] voices = ["allison-en", "carlo-it", "june-fr"];
        int[] rates = [16000, 24000, 44100, 48000];
        var recordings = Enumerable.Range(0, Files).Select(i => Excerpt(voices[i % 3], rates[i % 4], random)).ToList();
        for (var i = 0; i < Files; i++)
            AudioFile.WriteWav16(folder.File($"{i}.wav"), recordings[i]);

        var differences = Enumerable.Range(0, Files).AsParallel().AsOrdered().Select(i =>
            Loudness.IntegratedLufs(AudioFile.Read(folder.File($"{i}.wav"))) - Ffmpeg(folder.File($"{i}.wav"))).ToList();

        Assert.That(differences, Is.All.EqualTo(0).Within(0.1));
    }

    /// <summary>Two to four seconds, somewhere, louder or softer.</summary>
    private static AudioBuffer Excerpt(string voice, int rate, Random random)
    {
        var speech = Resampler.Resample(AudioFile.Read(Speech.Path(voice)), rate);
        var length = Math.Min(speech.Samples.Length, (int)((2 + 2 * random.NextDouble()) * rate));
        var start = random.Next(speech.Samples.Length - length + 1);
        var gain = (float)Math.Pow(10, random.Next(-30, 0) / 20.0);
        return new([.. speech.Samples.AsSpan(start, length).ToArray().Select(sample => gain * sample)], rate);
    }

    /// <summary>The last integrated loudness of its filter ebur128, in LUFS, three decimals.</summary>
    private static double Ffmpeg(string path)
    {
        string[] arguments =
            ["-v", "error", "-nostdin", "-i", path, "-af", "ebur128=metadata=1:framelog=verbose,ametadata=mode=print:key=lavfi.r128.I:file=-", "-f", "null", "-"];
        using var program = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        var lines = program.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        program.WaitForExit();
        Assert.That(program.ExitCode, Is.Zero);
        return double.Parse(lines[^1].Split('=')[1], CultureInfo.InvariantCulture);
    }
}
