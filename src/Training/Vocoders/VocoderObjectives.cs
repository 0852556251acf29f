using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What a vocoder and its adversary learn from: recordings, and what the vocoder makes of their mels.</summary>
internal sealed class VocoderObjectives(
    TeacherVocoder vocoder, WaveformDiscriminator? adversary, MelFeatures mels, TeacherVocoderSettings settings, Device device)
{
    private readonly SpectralLoss _spectral = new(StftResolution.Standard);

    /// <summary>In validation, only how near the waveform comes counts.</summary>
    public IReadOnlyList<LossTerm> OfVocoder(WaveformBatch batch, StepRandom random)
    {
        var recorded = batch.On(device);
        var mel = mels.Of(recorded); // [B, 80, T]
        var generated = vocoder.forward(mel, null);
        LossTerm[] nearness =
        [
            new("mel", (mels.Of(generated) - mel).abs().mean(), settings.MelWeight),
            new("spectral", _spectral.Evaluate(generated, recorded), settings.SpectralWeight),
        ];
        if (adversary is null || !vocoder.training || random.Step < settings.AdversaryFrom) return nearness;
        var (adversarial, features) = adversary.GeneratorLosses(recorded, generated);
        return [.. nearness, new("adversarial", adversarial, settings.AdversarialWeight), new("features", features, settings.FeatureWeight)];
    }

    public IReadOnlyList<LossTerm> OfAdversary(WaveformBatch batch, StepRandom random)
    {
        var recorded = batch.On(device);
        using var generated = Generated(recorded);
        return [new("hinge", adversary!.OwnLoss(recorded, generated))];
    }

    private Tensor Generated(Tensor recorded)
    {
        using var _ = no_grad();
        return vocoder.forward(mels.Of(recorded), null);
    }
}
