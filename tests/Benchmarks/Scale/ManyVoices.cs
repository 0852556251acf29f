using Tmrvc.Audio;

namespace Tmrvc.Benchmarks.Scale;

/// <summary>
/// A folder corpus of many files: windows of real speech, each under many names by hard links. Kept below .build/ from run to run.
/// </summary>
internal sealed class ManyVoices(string root, string folder)
{
    public const int Files = 100_000;
    private const int NamesPerWindow = 40, FilesPerSpeaker = 500;
    private const double Seconds = 0.5;
    private static readonly string[] Recordings = ["allison-en", "carlo-it", "june-fr"];

    /// <summary>The root of a checkout of its own.</summary>
    public string Folder { get; } = folder;

    /// <summary>A file somewhere in the middle.</summary>
    public string OneFile => PathOf(Files / 2 + 7);

    public void Create()
    {
        if (File.Exists(Path.Combine(Folder, "complete")))
            return;
        for (var number = 0; number < Files; number += FilesPerSpeaker)
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(number))!);
        for (var number = 0; number < Files; number += NamesPerWindow)
            WriteWindow(number);
        File.WriteAllText(Path.Combine(Folder, "complete"), "");
    }

    /// <summary>Speech that no other file has.</summary>
    public AudioBuffer AnotherWindow(double gain) =>
        Window(0.71) is var window ? window with { Samples = [.. window.Samples.Select(sample => (float)(sample * gain))] } : window;

    private void WriteWindow(int number)
    {
        var first = PathOf(number);
        AudioFile.WriteWav16(first, Window((double)number / Files, number / NamesPerWindow % Recordings.Length));
        for (var name = number + 1; name < number + NamesPerWindow; name++)
            if (!ArtifactStore.HardLink.TryCreate(first, PathOf(name)))
                throw new IOException($"{PathOf(name)}: exists already; delete {Folder}.");
    }

    private string PathOf(int number) => Path.Combine(Folder, "voices", $"speaker-{number / FilesPerSpeaker:000}", $"{number:000000}.wav");

    /// <param name="place">0 to 1, within the recording.</param>
    private AudioBuffer Window(double place, int recording = 0)
    {
        var speech = AudioFile.Read(Path.Combine(root, "tests", "Support", "speech", Recordings[recording] + ".g722"));
        var start = place * (speech.Seconds - Seconds);
        return speech.Slice(speech.RangeOf(start, start + Seconds));
    }
}
