using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What was said, what a teacher was told beside it, and the ways that it went.</summary>
/// <param name="Said">Log-mel of the source, clamped and normalised; F0 and speaker as the teacher was told.</param>
/// <param name="Positions">[B, K + 1, 80, T], clamped and normalised.</param>
public sealed record TrajectoryBatch(TeacherBatch Said, float[] Positions) : ITrainingBatch
{
    public string Name => Said.Name;

    private FeatureBatch Features => Said.Features;

    /// <summary>[B, K + 1, 80, T]: noise, …, speech.</summary>
    public Tensor PositionsOn(Device device) =>
        tensor(Positions, [Features.Size, Positions.Length / Features.LogMel.Length, Features.Mels, Features.Frames], device: device);

    /// <summary>log(F0 in Hz + 1), 0 where unvoiced, [B, 1, T].</summary>
    public Tensor LogF0On(Device device) => (Features.F0On(device) + 1).log();

    /// <summary>[B, 192], unit length.</summary>
    public Tensor SpeakerOn(Device device) => tensor(Said.Speaker, [Features.Size, Said.Speaker.Length / Features.Size], device: device);
}
