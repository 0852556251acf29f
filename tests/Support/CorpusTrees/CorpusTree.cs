using Tmrvc.Audio;

namespace Tmrvc.Support;

/// <summary>A small corpus in the layout of its official archive, out of real speech, with what is known to go wrong in it.</summary>
/// <param name="Usable">Recordings a build takes, relative, with forward slashes.</param>
/// <param name="Quarantined">Recordings a build must set aside, with a part of the reason.</param>
public sealed record CorpusTree(IReadOnlyList<string> Usable, IReadOnlyDictionary<string, string> Quarantined);

/// <summary>Puts files into a tree.</summary>
internal sealed class TreeWriter(string root, int sampleRate)
{
    private readonly AudioBuffer[] _voices =
        [.. new[] { MiniCorpus.English, MiniCorpus.Italian }.Select(path => Resampler.Resample(AudioFile.Read(path), sampleRate))];

    private readonly List<string> _usable = [];
    private readonly Dictionary<string, string> _quarantined = [];

    internal CorpusTree Tree => new([.. _usable.Order(StringComparer.Ordinal)], _quarantined);

    /// <summary>Speech of a level of its own, so that no two recordings are equal.</summary>
    internal void Speech(string path)
    {
        var voice = _voices[_usable.Count % _voices.Length];
        WriteSpeech(path, voice with { Samples = [.. voice.Samples.Select(sample => sample * (1 - 0.02f * (_usable.Count % 40)))] });
        _usable.Add(path);
    }

    /// <summary>Speech in a place or under a name that the corpus does not use.</summary>
    internal void Unused(string path) => WriteSpeech(path, _voices[0]);

    internal void Misnamed(string path)
    {
        Unused(path);
        _quarantined.Add(path, "its name is not of the form");
    }

    /// <summary>The first half of a file, as a broken copy leaves it.</summary>
    internal void CutOff(string path)
    {
        Unused(path);
        File.WriteAllBytes(Full(path), File.ReadAllBytes(Full(path)) is var whole ? whole[..(whole.Length / 2)] : []);
        _quarantined.Add(path, "cut short");
    }

    internal void Empty(string path)
    {
        Text(path, "");
        _quarantined.Add(path, "empty");
    }

    internal void Text(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    /// <summary>What macOS leaves beside a file.</summary>
    internal void AppleDouble(string path)
    {
        Text(path, "");
        File.WriteAllBytes(Full(path), [0, 5, 0x16, 7, 0, 2, 0, 0]);
    }

    private void WriteSpeech(string path, AudioBuffer speech)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        if (path.EndsWith(".flac", StringComparison.Ordinal))
            AudioFile.WriteFlac16(Full(path), speech);
        else
            AudioFile.WriteWav16(Full(path), speech);
    }

    private string Full(string path) => Path.Combine(root, path);
}
