using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Where the frames of <see cref="LogMel"/> lie in time, to take values from networks that frame audio otherwise.</summary>
internal sealed class FrameGrid(SignalParameters parameters)
{
    /// <summary>T.</summary>
    internal int Frames(AudioBuffer audio) => parameters.Frames(audio.Samples.Length);

    /// <summary>The middle of what frame f sees, in seconds: hop·(f + 1) − window/2 samples. Negative for the first.</summary>
    internal double Centre(int frame) => (parameters.HopLength * (frame + 1.0) - parameters.WindowLength / 2.0) / parameters.SampleRate;

    /// <summary>The places of the frames among others.</summary>
    /// <param name="first">Seconds, middle of the first of the others.</param>
    /// <param name="step">Seconds between two of them.</param>
    internal ContentGrid Among(double first, double step) =>
        new((Centre(0) - first) / step, (int)Math.Round(step * parameters.SampleRate / parameters.HopLength));

    /// <summary>The place of frame f among others, held within them.</summary>
    /// <param name="first">Seconds, middle of the first of the others.</param>
    /// <param name="step">Seconds between two of them.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>0 to count − 1.</returns>
    internal double Place(int frame, double first, double step, int count) => Math.Clamp((Centre(frame) - first) / step, 0, count - 1);
}
