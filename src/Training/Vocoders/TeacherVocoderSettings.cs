namespace Tmrvc.Training;

/// <summary>How the teacher's vocoder is trained. Utterances shorter than <see cref="TrainingSettings.Frames"/> are left out.</summary>
public sealed record TeacherVocoderSettings : TrainingSettings
{
    /// <summary>Width of the vocoder.</summary>
    public int Channels { get; init; } = 256;

    public int Blocks { get; init; } = 5;

    /// <summary>Width of each discriminator; 0 trains without an adversary.</summary>
    public int DiscriminatorChannels { get; init; } = 32;

    /// <summary>Steps without the adversary, until the spectra are right.</summary>
    public int AdversaryFrom { get; init; }

    /// <summary>The adversary's; its betas are those usual between adversaries (HiFi-GAN).</summary>
    public OptimiserSettings Adversary { get; init; } = new() { Beta1 = 0.8, Beta2 = 0.99 };

    /// <summary>Weight of the L1 distance of log-mels.</summary>
    public double MelWeight { get; init; } = 1;

    /// <summary>Weight of the multi-resolution spectral loss.</summary>
    public double SpectralWeight { get; init; } = 0.5;

    /// <summary>Weight of being taken for a recording.</summary>
    public double AdversarialWeight { get; init; } = 0.02;

    /// <summary>Weight of the L1 distance of the discriminators' features.</summary>
    public double FeatureWeight { get; init; } = 0.1;

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed; Fourier transforms and their phases need more bits.");
        if (Channels < 1) yield return ("channels", $"{Channels}: 1 or more is allowed.");
        if (Blocks < 1) yield return ("blocks", $"{Blocks}: 1 or more is allowed.");
        if (DiscriminatorChannels < 0) yield return ("discriminator_channels", $"{DiscriminatorChannels}: 0 (none) or more is allowed.");
        if (DiscriminatorChannels > 0 && (AdversaryFrom < 0 || AdversaryFrom >= Steps))
            yield return ("adversary_from", $"{AdversaryFrom}: from 0 up to, not including, steps ({Steps}) is allowed.");
        foreach (var mistake in Within("adversary", Adversary)) yield return mistake;
        foreach (var (name, weight) in new[]
            { ("mel_weight", MelWeight), ("spectral_weight", SpectralWeight), ("adversarial_weight", AdversarialWeight), ("feature_weight", FeatureWeight) })
            if (!(weight >= 0)) yield return (name, $"{weight}: 0 or more is allowed.");
    }
}
