using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>What one utterance is generated from; plain arrays, time contiguous.</summary>
/// <param name="Content">[D, T], normalised per speaker.</param>
/// <param name="F0">[T] Hz, 0 where unvoiced.</param>
/// <param name="Speaker">[192], unit length.</param>
public sealed record UtteranceConditions(float[] Content, float[] F0, float[] Speaker)
{
    public int Frames => F0.Length;

    /// <summary>[24] as <see cref="RoomScale"/> scales them; null for a dry room.</summary>
    public float[]? Room { get; init; }

    /// <summary>Batch of one.</summary>
    public TeacherConditions On(Device device, TeacherDimensions dimensions)
    {
        var f0 = tensor(F0, [1, 1, Frames], device: device);
        return new TeacherConditions(
            tensor(Content, [1, dimensions.Content, Frames], device: device),
            LogF0: (f0 + 1).log(),
            Voiced: f0.gt(0).to(ScalarType.Float32),
            tensor(Speaker, [1, dimensions.Speaker], device: device),
            Ir: tensor(Room ?? new float[dimensions.IrParameters], [1, dimensions.IrParameters], device: device),
            Mask: null);
    }
}
