namespace Tmrvc.Audio;

/// <summary>Finds speech. An implementation may keep buffers: one instance per thread.</summary>
public interface IVoiceActivityDetector
{
    /// <returns>Ranges of <paramref name="audio"/> that hold speech, ascending and not overlapping; none for silence.</returns>
    IReadOnlyList<SampleRange> SpeechRanges(AudioBuffer audio);
}
