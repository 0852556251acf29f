namespace Tmrvc.Audio;

/// <summary>Mono samples, one block after the other.</summary>
public interface ISampleStream : IDisposable
{
    /// <summary>Hertz.</summary>
    int SampleRate { get; }

    /// <returns>How many of <paramref name="samples"/> were filled; 0 at the end, and only there.</returns>
    /// <exception cref="UnreadableAudioException">The file is damaged there, or holds no samples at all.</exception>
    int Read(Span<float> samples);
}
