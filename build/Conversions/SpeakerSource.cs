using Tmrvc.Contract;

namespace Tmrvc.Build.Conversions;

/// <summary>What a voice is read from.</summary>
internal static class SpeakerSource
{
    private static readonly string[] AudioExtensions = [".wav", ".flac", ".ogg", ".opus", ".mp3", ".g722"];

    public static bool IsProfile(string? path) => path?.EndsWith(SpeakerProfileFile.Extension, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>The audio files below a folder, in the order of their paths; of a file, itself.</summary>
    public static IEnumerable<string> AudioFiles(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => AudioExtensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)
        : [path];
}
