using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary><see cref="Pitch"/>.</summary>
internal sealed class PyinF0(SignalParameters parameters, PitchSettings settings) : IF0Extractor
{
    private readonly Pitch _pitch = new(parameters, settings);

    public float[] Compute(AudioBuffer audio) => _pitch.Compute(audio.Samples);
}
