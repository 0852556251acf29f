using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>What is said, frame by frame. One instance per thread.</summary>
public interface IContentExtractor
{
    /// <summary>D, which the networks follow.</summary>
    int Dimension { get; }

    /// <summary>How the content's frames lie to those of <see cref="LogMel"/>.</summary>
    ContentGrid Grid => ContentGrid.OfMel;

    /// <param name="audio">At the rate of the pipeline.</param>
    /// <param name="logMel">[80, T] of the same audio.</param>
    /// <returns>[D, K] row-major, in the frames of <see cref="Grid"/>: K is T where that is the mel's.</returns>
    float[] Compute(AudioBuffer audio, ReadOnlySpan<float> logMel);
}
