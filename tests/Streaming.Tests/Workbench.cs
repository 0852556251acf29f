using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming.Tests;

/// <summary>A folder with the networks of a narrow student, speech to convert and room for what is made of it; gone afterwards.</summary>
internal sealed class Workbench : IDisposable
{
    public static readonly Constants Constants = ConfigurationLoader.Load<Constants>(
        [new("constants.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "constants.yaml")))], []);

    public static readonly SignalParameters Signal = SignalParameters.From(Constants);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streaming-");

    public Workbench()
    {
        using var student = StudentFiles.Drawn(StudentFiles.Narrow);
        StudentFiles.Write(Models.Path, student);
    }

    public ModelFolder Models => new(this["models"]);

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Seconds of English at 24 kHz.</summary>
    public static float[] Speech(double seconds = 3) =>
        Resampler.Resample(AudioFile.Read(MiniCorpus.LongEnglish), Constants.SampleRate).Samples[..(int)(seconds * Constants.SampleRate)];

    /// <summary>A file of it.</summary>
    public string SpeechFile(double seconds = 3)
    {
        AudioFile.WriteWav16(this["speech.wav"], new AudioBuffer(Speech(seconds), Constants.SampleRate));
        return this["speech.wav"];
    }

    public SpeakerProfile Voice(string? path = null)
    {
        using var enrolment = new SpeakerEnrolment(Models, Constants);
        enrolment.Add(path ?? MiniCorpus.Italian);
        return enrolment.Profile("voice");
    }

    public StreamingConverter Converter(ConversionOptions? options = null, PitchRange? from = null) =>
        new(Models, options ?? new ConversionOptions(), Constants, Voice(), from);

    /// <summary>Converts a file as the target does.</summary>
    public ConvertedFile Convert(string input, string output, ConversionOptions? options = null)
    {
        var source = SourceVoice.Of(input, Constants);
        using var converter = Converter(options, source.Range);
        return new FileConversion(converter, Constants, TimeProvider.System).Run(input, output, source.Gain);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
