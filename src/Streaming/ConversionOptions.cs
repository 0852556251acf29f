namespace Tmrvc.Streaming;

/// <summary>Which of the exported networks convert.</summary>
public sealed record ConversionOptions
{
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Whether the converter sees six frames of the future: better, and 60 ms later.</summary>
    public bool LooksAhead { get; init; }
}
