using System.Security.Cryptography;

namespace Tmrvc.Reporting;

/// <summary>Hands out room for sounds in the order they are asked for; one that is there already takes none.</summary>
internal sealed class AudioBudget(long bytes)
{
    private readonly SortedDictionary<string, byte[]> _sounds = new(StringComparer.Ordinal);
    private long _left = bytes;

    /// <summary>Those that fitted, by <see cref="AudioClip.Sound"/>.</summary>
    public IReadOnlyDictionary<string, byte[]> Sounds => _sounds;

    /// <exception cref="InvalidDataException">The extension is none a browser plays.</exception>
    public AudioClip Take(string path)
    {
        var type = MediaTypeOf(path);
        var data = File.ReadAllBytes(path);
        var name = Convert.ToHexStringLower(SHA256.HashData(data))[..16];
        if (data.Length <= _left && _sounds.TryAdd(name, data))
            _left -= data.Length;
        return new AudioClip(type, data.Length, name);
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
