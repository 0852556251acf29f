namespace Tmrvc.Reporting;

/// <summary>Hands out room for sounds in the order they are asked for.</summary>
internal sealed class AudioBudget(long bytes)
{
    private long _left = bytes;

    /// <summary>The file's sound, with its bytes when they still fit.</summary>
    /// <exception cref="InvalidDataException">The extension is none a browser plays.</exception>
    public AudioClip Take(string path)
    {
        var length = new FileInfo(path).Length;
        var fits = length <= _left;
        if (fits)
            _left -= length;
        return new AudioClip(MediaTypeOf(path), length, fits ? File.ReadAllBytes(path) : null);
    }

    private static string MediaTypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ogg" or ".opus" => "audio/ogg",
        ".flac" => "audio/flac",
        ".wav" => "audio/wav",
        ".mp3" => "audio/mpeg",
        var other => throw new InvalidDataException($"{path}: '{other}' is no sound for a browser; .ogg, .opus, .flac, .wav and .mp3 are allowed"),
    };
}
