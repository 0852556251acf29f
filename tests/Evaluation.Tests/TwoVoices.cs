using Tmrvc.Audio;
using Tmrvc.Support;

namespace Tmrvc.Evaluation.Tests;

/// <summary>Eight recordings of each of two voices: an English one, and the same a third faster and higher.</summary>
internal sealed class TwoVoices : IDisposable
{
    private const int Rate = 24000;
    private const int Recordings = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voices-");

    public TwoVoices()
    {
        var speech = AudioFile.Read(MiniCorpus.LongEnglish);
        Write("slow", Resampler.Resample(speech, Rate).Samples);
        Write("fast", Resampler.Resample(speech with { SampleRate = speech.SampleRate * 4 / 3 }, Rate).Samples);
    }

    public string Root => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string voice, float[] samples)
    {
        _folder.CreateSubdirectory(voice);
        foreach (var (place, piece) in samples.Chunk(samples.Length / Recordings).Take(Recordings).Index())
            AudioFile.WriteWav16(Path.Combine(Root, voice, $"{place}.wav"), new AudioBuffer(piece, Rate));
    }
}
