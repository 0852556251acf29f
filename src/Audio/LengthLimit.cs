namespace Tmrvc.Audio;

/// <summary>How long a file may be, by what it states and by what has been decoded.</summary>
internal sealed class LengthLimit(string path, int sampleRate, double maxSeconds)
{
    private readonly double _samples = Math.Min(maxSeconds * sampleRate, Array.MaxLength - 1);

    /// <exception cref="UnreadableAudioException">There are more.</exception>
    internal void Require(long samples)
    {
        if (samples > _samples)
            throw new UnreadableAudioException(
                path, $"too long: {(double)samples / sampleRate:0.#} s or more, {_samples / sampleRate:0.#} s at most is allowed");
    }
}
