using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Mean squared error of the rooms that a student hears, every ten frames, over the parameters that are known.</summary>
internal sealed class StudentRoomsObjective(IrEstimator estimator, Device device)
{
    public IReadOnlyList<LossTerm> Of(TeacherBatch batch, StepRandom random)
    {
        var rooms = (batch.Rooms ?? throw new ArgumentException("Rooms of the student: the batch tells none; augment it.", nameof(batch))).On(batch.Features, device);
        var each = estimator.Architecture.RoomFrames;
        var estimates = batch.Features.Frames / each;
        var heard = estimator.forward(rooms.Heard.narrow(2, 0, estimates * each)).Output; // [B, 24, N]
        var counts = rooms.Known.unsqueeze(2) * Whole(batch.Features.Lengths, estimates, each);
        return [new("rooms", ((heard - rooms.Parameters.unsqueeze(2)).square() * counts).sum() / counts.sum().clamp_min(1))];
    }

    /// <summary>1 for estimates from speech alone, [B, 1, N].</summary>
    private Tensor Whole(long[] lengths, int estimates, int each) => tensor(
        [.. lengths.SelectMany(length => Enumerable.Range(1, estimates).Select(n => n * each <= length ? 1f : 0f))], [lengths.Length, 1, estimates], device: device);
}
