using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What was said, what a teacher was told beside it, and the ways that it went.</summary>
/// <param name="Said">Log-mel of the source as it was heard, clamped and normalised; F0 and speaker as the teacher was told.</param>
/// <param name="Positions">[B, K + 1, 80, T], clamped and normalised.</param>
/// <param name="Room">[B, 24] as networks see it: where the source was heard, and where the teacher was told to say it; zeros for no room.</param>
public sealed record TrajectoryBatch(TeacherBatch Said, float[] Positions, float[] Room) : ITrainingBatch
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

    /// <summary>[B, 24].</summary>
    public Tensor RoomOn(Device device) => tensor(Room, [Features.Size, Room.Length / Features.Size], device: device);
}
