using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Posteriors of phones as content: they carry what is said and little of who says it.</summary>
internal sealed class PhoneContent(PhoneModel model, PhonePosteriorSettings settings, SignalParameters parameters) : IContentExtractor
{
    /// <summary>The stage's input that holds the acoustic model.</summary>
    internal const string Input = FeaturesStage.PhoneModel;

    private readonly PhonePosteriors _posteriors = new(model, settings, parameters.HopLength, parameters.WindowLength);

    public int Dimension => _posteriors.Dimension;

    public float[] Compute(AudioBuffer audio, ReadOnlySpan<float> logMel) => _posteriors.Compute(audio);
}
