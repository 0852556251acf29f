namespace Tmrvc.Features;

/// <summary>
/// Plain row-major arrays of one training batch. Frames beyond an item's length are padding and must not reach a loss.
/// </summary>
public sealed record FeatureBatch
{
    public required BatchPlan Plan { get; init; }

    /// <summary>B.</summary>
    public int Size => Plan.Crops.Count;

    /// <summary>T: the longest crop, rounded up to the assembler's multiple.</summary>
    public required int Frames { get; init; }

    public required int Mels { get; init; }

    /// <summary>D.</summary>
    public required int ContentDimension { get; init; }

    /// <summary>[B, 80, T] natural log of mel power, not normalised; padding is the log of the floor, digital silence.</summary>
    public required float[] LogMel { get; init; }

    /// <summary>[B, D, T] content normalised to zero mean and unit deviation per speaker; padding is 0.</summary>
    public required float[] Content { get; init; }

    /// <summary>[B, T] Hz, 0 where unvoiced and in padding.</summary>
    public required float[] F0 { get; init; }

    /// <summary>[B, T] 1 for frames of the item, 0 for padding.</summary>
    public required float[] Mask { get; init; }

    /// <summary>[B] index into <see cref="FeatureShards.Speakers"/>.</summary>
    public required long[] SpeakerIndex { get; init; }

    /// <summary>[B] frames without padding.</summary>
    public required long[] Lengths { get; init; }
}
