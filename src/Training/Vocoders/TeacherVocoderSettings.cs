namespace Tmrvc.Training;

/// <summary>How the teacher's vocoder is trained. Utterances shorter than <see cref="TrainingSettings.Frames"/> are left out.</summary>
public sealed record TeacherVocoderSettings : TrainingSettings
{
    /// <summary>Width of the vocoder.</summary>
    public int Channels { get; init; } = 256;

    public int Blocks { get; init; } = 5;

    /// <summary>Width of each resolution's discriminator; 0 trains without an adversary.</summary>
    public int DiscriminatorChannels { get; init; } = 32;

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
        foreach (var (name, weight) in new[]
            { ("mel_weight", MelWeight), ("spectral_weight", SpectralWeight), ("adversarial_weight", AdversarialWeight), ("feature_weight", FeatureWeight) })
            if (!(weight >= 0)) yield return (name, $"{weight}: 0 or more is allowed.");
    }
}
