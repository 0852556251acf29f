using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Makes speech of a mel.</summary>
public interface IMelVocoder
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <param name="logMel">[80, T], natural log.</param>
    /// <returns>240·T samples.</returns>
    AudioBuffer Speak(float[] logMel);
}
