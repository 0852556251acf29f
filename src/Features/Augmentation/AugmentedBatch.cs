using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>A batch after augmentation.</summary>
public sealed record AugmentedBatch
{
    /// <summary>
    /// What is to be learned: log-mel of the speech in its room and through its microphone, F0 as shifted. Content is that of the
    /// recording as it was.
    /// </summary>
    public required FeatureBatch Features { get; init; }

    /// <summary>[B, 80, T] the same with its noise.</summary>
    public required float[] NoisyLogMel { get; init; }

    /// <summary>
    /// [B, 24] as in <see cref="ImpulseResponseParameters"/>, of the room that was applied;
    /// <see cref="ImpulseResponseParameters.Dry"/> without one.
    /// </summary>
    public required float[] IrParameters { get; init; }

    /// <summary>[B, 8] 1 for bands whose parameters are known, 0 for those that must reach no loss.</summary>
    public required float[] IrMask { get; init; }

    /// <summary>[B] what was done.</summary>
    public required IReadOnlyList<AugmentationDraw> Draws { get; init; }
}
