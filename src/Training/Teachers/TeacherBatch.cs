using Tmrvc.Features;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A batch of features with what the teacher needs beside them.</summary>
/// <param name="Features">Log-mel already clamped and normalised.</param>
/// <param name="Speaker">[B, 192], unit length.</param>
public sealed record TeacherBatch(string Name, FeatureBatch Features, float[] Speaker) : ITrainingBatch
{
    /// <summary>What this process computes of it; null for all.</summary>
    public BatchRows? Own { get; init; }

    /// <summary>[B], of the speakers: where their F0 lies.</summary>
    public IReadOnlyList<SpeakerStatistics> Voices { get; init; } = [];

    /// <summary>Null where nothing was augmented.</summary>
    public RoomTargets? Rooms { get; init; }

    /// <summary>[B, 80, T], the noise that belongs to the speech; null where any does.</summary>
    public float[]? Noise { get; init; }

    /// <summary>[B, 80, T] as recorded, clamped and normalised; null where nothing was augmented.</summary>
    public float[]? Recorded { get; init; }

    /// <summary>[B, 80, T], clamped and normalised; null where nothing was augmented.</summary>
    public Tensor? RecordedOn(Device device) => Recorded is null ? null : (Features with { LogMel = Recorded }).LogMelOn(device);

    /// <summary>[B, 80, T]; null where any noise belongs to the speech.</summary>
    public Tensor? NoiseOn(Device device) => Noise is null ? null : (Features with { LogMel = Noise }).LogMelOn(device);

    /// <summary>Speech is dry where nothing was augmented.</summary>
    public TeacherConditions Conditions(TeacherDimensions dimensions, Device device)
    {
        var f0 = Features.F0On(device);
        return new TeacherConditions(
            Features.ContentOn(device),
            LogF0: (f0 + 1).log(),
            Voiced: f0.gt(0).to(ScalarType.Float32),
            tensor(Speaker, [Features.Size, dimensions.Speaker], device: device),
            Ir: Rooms?.On(Features, device).Parameters ?? zeros([Features.Size, dimensions.IrParameters], device: device),
            Mask: Features.MaskOn(device));
    }
}
