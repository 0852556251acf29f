namespace Tmrvc.Audio;

/// <summary>Finds speech. An implementation may keep buffers: one instance per thread.</summary>
public interface IVoiceActivityDetector
{
    /// <returns>Ranges of <paramref name="audio"/> that hold speech, ascending, not touching; none for silence.</returns>
    IReadOnlyList<SampleRange> SpeechRanges(AudioBuffer audio);
}
