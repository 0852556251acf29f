using System.Reflection;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>A library that samples, spectra and probabilities are computed by, with the version that is installed.</summary>
/// <param name="Version">
/// Tells one release from another, "missing" where the library is not installed; with the recipe where every user follows the same one.
/// </param>
public sealed record AudioLibrary(string Name, string Version)
{
    public static AudioLibrary SoundFile { get; } = Shared("sndfile", SndFile.Library);

    public static AudioLibrary G722 { get; } = Shared("spandsp", Spandsp.Library);

    public static AudioLibrary Resampler { get; } = Shared("soxr", Soxr.Library, Audio.Resampler.Recipe);

    public static AudioLibrary Loudness { get; } = Shared("ebur128", Ebur128.Library);

    public static AudioLibrary Fourier { get; } = Shared("fftw", Fftw.Library);

    public static AudioLibrary Matlab { get; } = Shared("matio", Matio.Library);

    public static AudioLibrary SpeechRecognizer { get; } = Shared("pocketsphinx", PocketSphinx.Library);

    /// <summary>As this assembly was built with it: see Audio.csproj.</summary>
    public static AudioLibrary OnnxRuntime { get; } = new("onnxruntime", typeof(AudioLibrary).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "onnxruntime").Value!);

    private static AudioLibrary Shared(string name, string soname, string? recipe = null) =>
        new(name, SharedLibrary.FileOf(soname) is var file && recipe is not null && file != SharedLibrary.Missing ? $"{file} {recipe}" : file);
}
