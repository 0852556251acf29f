using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>What is said, frame by frame. One instance per thread.</summary>
public interface IContentExtractor
{
    /// <summary>D, which the networks follow.</summary>
    int Dimension { get; }

    /// <param name="audio">At the rate of the pipeline.</param>
    /// <param name="logMel">[80, T] of the same audio.</param>
    /// <returns>[D, T] row-major, in the frames of <see cref="LogMel"/>.</returns>
    float[] Compute(AudioBuffer audio, ReadOnlySpan<float> logMel);
}
