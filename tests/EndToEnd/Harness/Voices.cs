using Tmrvc.Audio;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>A folder corpus cut from real recordings of three speakers: windows that overlap, each another utterance.</summary>
internal static class Voices
{
    private static readonly string[] Speakers = ["allison-en", "carlo-it", "june-fr"];

    /// <summary>Writes <c>&lt;speaker&gt;/NNN.wav</c>.</summary>
    public static void Write(string folder, int perSpeaker, double seconds)
    {
        foreach (var speaker in Speakers)
        {
            var recording = Recording(speaker);
            Directory.CreateDirectory(Path.Combine(folder, speaker));
            for (var i = 0; i < perSpeaker; i++)
            {
                var start = i * (recording.Seconds - seconds) / Math.Max(1, perSpeaker - 1);
                AudioFile.WriteWav16(Path.Combine(folder, speaker, $"{i:000}.wav"), Cut(recording, start, seconds));
            }
        }
    }

    /// <summary>One more utterance of a speaker, unlike those of <see cref="Write"/>.</summary>
    public static void WriteAnother(string path, double start = 0.33, double seconds = 1.7)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AudioFile.WriteWav16(path, Cut(Recording(Speakers[0]), start, seconds));
    }

    /// <summary>A piece of a recording.</summary>
    public static void WriteCut(string path, string recording, double start, double seconds) =>
        AudioFile.WriteWav16(path, Cut(Recording(recording), start, seconds));

    public static void WriteSilence(string path) => AudioFile.WriteWav16(path, new AudioBuffer(new float[24000], 16000));

    private static AudioBuffer Recording(string speaker) =>
        AudioFile.Read(Path.Combine(AppContext.BaseDirectory, "speech", speaker + ".g722"));

    private static AudioBuffer Cut(AudioBuffer recording, double start, double seconds) =>
        recording.Slice(recording.RangeOf(start, start + seconds));
}
