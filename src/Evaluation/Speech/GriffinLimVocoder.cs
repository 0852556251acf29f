using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Needs no training; sounds hollow.</summary>
public sealed class GriffinLimVocoder(SignalParameters signal) : IMelVocoder
{
    private readonly GriffinLim _inversion = new(signal);

    public string Name => "Griffin-Lim";

    public AudioBuffer Speak(float[] logMel) => _inversion.Reconstruct(logMel);
}
