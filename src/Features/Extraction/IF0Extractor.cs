using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Fundamental frequency. One instance per thread.</summary>
public interface IF0Extractor
{
    /// <param name="audio">At the rate of the pipeline.</param>
    /// <returns>[T] Hz, 0 where unvoiced, in the frames of <see cref="LogMel"/>.</returns>
    float[] Compute(AudioBuffer audio);
}
