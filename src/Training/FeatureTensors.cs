using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The arrays of a batch of features as tensors.</summary>
public static class FeatureTensors
{
    /// <summary>[B, 80, T].</summary>
    public static Tensor LogMelOn(this FeatureBatch batch, Device device) => batch.Place(batch.LogMel, batch.Mels, device);

    /// <summary>[B, D, T].</summary>
    public static Tensor ContentOn(this FeatureBatch batch, Device device) => batch.Place(batch.Content, batch.ContentDimension, device);

    /// <summary>[B, 1, T] in hertz, 0 where unvoiced.</summary>
    public static Tensor F0On(this FeatureBatch batch, Device device) => batch.Place(batch.F0, 1, device);

    /// <summary>[B, 1, T], 1 inside each length; null when nothing is padded.</summary>
    public static Tensor? MaskOn(this FeatureBatch batch, Device device) =>
        batch.Lengths.All(length => length == batch.Frames) ? null : batch.Place(batch.Mask, 1, device);

    private static Tensor Place(this FeatureBatch batch, float[] values, int channels, Device device) =>
        tensor(values, [batch.Size, channels, batch.Frames], device: device);
}
