using Tmrvc.Audio;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>150 FLAC files of 48 kHz stereo and 1,000 WAV files of 44.1 kHz mono, made once out of recorded speech.</summary>
internal sealed class Recordings(string folder)
{
    internal string Flac => Path.Combine(folder, "recordings", "flac");

    internal string Wav => Path.Combine(folder, "recordings", "wav");

    /// <summary>Four minutes in one file.</summary>
    internal string Long => Path.Combine(folder, "long.wav");

    internal async Task MakeAsync(PythonPipeline python, CancellationToken cancellation)
    {
        if (File.Exists(Long))
            return;
        var (speech, unfinished) = (Empty("speech"), Empty("unfinished"));
        foreach (var path in (string[])[MiniCorpus.English, MiniCorpus.LongEnglish, MiniCorpus.Italian])
            AudioFile.WriteWav16(Path.Combine(speech, $"{Directory.GetFiles(speech).Length}.wav"), AudioFile.Read(path));
        await python.MakeAsync(speech, unfinished, cancellation);
        Directory.Move(unfinished, Path.Combine(folder, "recordings"));
        var samples = Directory.EnumerateFiles(Flac).Order(StringComparer.Ordinal).SelectMany(path => AudioFile.Read(path).Samples);
        AudioFile.WriteWav16(Long, new([.. samples.Take(240 * 48000)], 48000));
    }

    internal string Empty(string name)
    {
        var path = Path.Combine(folder, name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return Directory.CreateDirectory(path).FullName;
    }
}
