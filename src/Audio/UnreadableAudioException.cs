namespace Tmrvc.Audio;

/// <summary>A file that should hold audio does not: the message names the file and what was found in it.</summary>
public sealed class UnreadableAudioException(string path, string found) : Exception($"{path}: {found}")
{
    public string Path { get; } = path;

    /// <summary>What is wrong with the file, without its name.</summary>
    public string Found { get; } = found;
}
