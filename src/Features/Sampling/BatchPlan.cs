namespace Tmrvc.Features;

/// <summary>What goes into one batch.</summary>
public sealed record BatchPlan(long Step, IReadOnlyList<Crop> Crops)
{
    /// <summary>Those to read; of the others a batch has lengths, speakers and masks, and silence where speech would be. Null for all.</summary>
    public BatchRows? Read { get; init; }

    internal bool Reads(int row) => Read?.Contain(row) ?? true;
}

/// <summary>A stretch of an utterance.</summary>
/// <param name="Utterance">Position in <see cref="FeatureShards.Utterances"/>.</param>
/// <param name="Start">First frame.</param>
/// <param name="Frames">Number of frames, 1 or more.</param>
public readonly record struct Crop(int Utterance, int Start, int Frames);
