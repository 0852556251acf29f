using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Features;

/// <summary>Log-mel, content and F0 of one utterance, all in the same frames. One instance per thread.</summary>
public sealed class FeatureExtraction(SignalParameters parameters, FeaturesSettings settings)
{
    private readonly LogMel _logMel = new(parameters);
    private readonly Cepstra _cepstra = new(parameters.NMels, settings.Cepstra);
    private readonly Pitch _pitch = new(parameters, settings.Pitch);

    /// <summary>D.</summary>
    public int ContentDimension => _cepstra.Dimension;

    /// <exception cref="ItemRejectedException">The audio has another sample rate, or is shorter than a frame.</exception>
    public UtteranceFeatures Extract(AudioBuffer audio)
    {
        if (audio.SampleRate != parameters.SampleRate)
            throw new ItemRejectedException(
                $"sample rate is {audio.SampleRate} Hz, {parameters.SampleRate} Hz is allowed; preprocess it again");
        if (audio.Samples.Length < parameters.HopLength)
            throw new ItemRejectedException($"too short: {audio.Samples.Length} samples, a frame takes {parameters.HopLength}");
        var logMel = _logMel.Compute(audio.Samples);
        return new UtteranceFeatures(logMel, _cepstra.Compute(logMel), _pitch.Compute(audio.Samples));
    }
}
