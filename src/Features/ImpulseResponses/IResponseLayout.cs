using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>How one corpus of measured impulse responses lays out its files.</summary>
public interface IResponseLayout
{
    /// <summary>Whether the file should hold a response; paths are relative to the corpus, with forward slashes. Reads nothing.</summary>
    bool IsResponse(string relativePath);

    /// <param name="path">Absolute.</param>
    /// <exception cref="UnreadableAudioException">The file holds no response.</exception>
    MeasuredResponse Read(string path, string relativePath);
}

/// <param name="Room">Tells the rooms of a corpus apart.</param>
/// <param name="Audio">At the rate of the measurement.</param>
public sealed record MeasuredResponse(string Room, AudioBuffer Audio);
