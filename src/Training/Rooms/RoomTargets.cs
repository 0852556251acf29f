using Tmrvc.Contract;
using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The rooms of a batch that was augmented.</summary>
/// <param name="Heard">[B, 80, T], clamped and normalised, with its noise.</param>
/// <param name="Parameters">[B, 24], as <see cref="RoomScale"/> scales them.</param>
/// <param name="Known">[B, 24], 0 for what no loss may see.</param>
public sealed record RoomTargets(float[] Heard, float[] Parameters, float[] Known)
{
    /// <param name="heard">Normalised already.</param>
    public static RoomTargets Of(AugmentedBatch batch, float[] heard)
    {
        var (perItem, bands) = (batch.IrParameters.Length / batch.Features.Size, batch.IrMask.Length / batch.Features.Size);
        var items = Enumerable.Range(0, batch.Features.Size).Select(b => (
            Values: batch.IrParameters.AsMemory(b * perItem, perItem), Mask: batch.IrMask.AsMemory(b * bands, bands))).ToList();
        return new(
            heard,
            [.. items.SelectMany(item => RoomScale.Scaled(item.Values.Span, item.Mask.Span))],
            [.. items.SelectMany(item => RoomScale.Known(item.Mask.Span))]);
    }

    public RoomTensors On(FeatureBatch features, Device device) => new(
        tensor(Heard, [features.Size, features.Mels, features.Frames], device: device),
        tensor(Parameters, [features.Size, Parameters.Length / features.Size], device: device),
        tensor(Known, [features.Size, Known.Length / features.Size], device: device));
}

/// <summary><see cref="RoomTargets"/> on a device.</summary>
public sealed record RoomTensors(Tensor Heard, Tensor Parameters, Tensor Known);
