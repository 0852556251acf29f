namespace Tmrvc.Training;

/// <summary>How the student's vocoder is trained. Utterances shorter than <see cref="TrainingSettings.Frames"/> are left out.</summary>
public sealed record StudentVocoderSettings : TrainingSettings
{
    /// <summary>Weight of the L1 distance of log-mels.</summary>
    public double MelWeight { get; init; } = 1;

    /// <summary>Weight of the multi-resolution spectral loss.</summary>
    public double SpectralWeight { get; init; } = 0.5;

    /// <summary>Weight of the L1 distance of log-magnitudes.</summary>
    public double MagnitudeWeight { get; init; } = 0.5;

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed; Fourier transforms and their phases need more bits.");
        foreach (var (name, weight) in new[] { ("mel_weight", MelWeight), ("spectral_weight", SpectralWeight), ("magnitude_weight", MagnitudeWeight) })
            if (!(weight >= 0)) yield return (name, $"{weight}: 0 or more is allowed.");
    }
}
