namespace Tmrvc.Training;

public sealed record SpeakerEncoderSettings : TrainingSettings
{
    /// <summary>Width of the encoder, a multiple of 4.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>Angle that the true speaker's is widened by, in radians.</summary>
    public double Margin { get; init; } = 0.2;

    /// <summary>Factor on the cosines before the softmax.</summary>
    public double Scale { get; init; } = 30;

    /// <summary>Weight of 1 − cosine to the features' own embeddings, for <c>features.speaker: ecapa</c>; 0 to learn from speakers' names alone.</summary>
    public double Regression { get; init; }

    /// <summary>Embeddings are taken from at most this many frames of an utterance's beginning.</summary>
    public int EmbeddingFrames { get; init; } = 600;

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed; deviations over time need more bits.");
        if (Channels < 4 || Channels % 4 != 0) yield return ("channels", $"{Channels}: a positive multiple of 4 is allowed.");
        if (Margin is not (>= 0 and < Math.PI / 2)) yield return ("margin", $"{Margin}: from 0 up to, not including, π/2 is allowed.");
        if (!(Scale > 0)) yield return ("scale", $"{Scale}: more than 0 is allowed.");
        if (!(Regression >= 0)) yield return ("regression", $"{Regression}: 0 or more is allowed.");
        if (EmbeddingFrames < 1) yield return ("embedding_frames", $"{EmbeddingFrames}: 1 or more is allowed.");
    }
}
