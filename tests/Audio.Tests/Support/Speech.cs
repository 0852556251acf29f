namespace Tmrvc.Audio.Tests.Support;

/// <summary>The recordings in tests/Support/speech.</summary>
internal static class Speech
{
    internal static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "speech", name + ".g722");

    /// <summary>At 24 kHz and −23 LUFS.</summary>
    internal static AudioBuffer Prepared(string name) => Loudness.Normalize(Resampler.Resample(AudioFile.Read(Path(name)), 24000), -23);
}
