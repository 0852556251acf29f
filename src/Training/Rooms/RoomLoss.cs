using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Mean squared error of the rooms that an estimator hears against those that were applied: in the speech as a microphone gave it, from
/// which the estimator learns, and in x̂0, through which the teacher learns to put its speech into the room asked for.
/// </summary>
public sealed class RoomLoss(RoomEstimator estimator, double weight) : ITeacherLoss
{
    /// <exception cref="ArgumentException">The batch was not augmented.</exception>
    public LossTerm Evaluate(FlowPrediction prediction)
    {
        var rooms = prediction.Rooms ?? throw new ArgumentException("Room loss: the batch tells no rooms; augment the phase.", nameof(prediction));
        var heard = Error(rooms.Heard, prediction.Mask, rooms);
        var generated = Error(prediction.EstimatedClean(), prediction.Mask, rooms);
        return new("ir", (heard + generated) / 2, weight);
    }

    /// <summary>Over the parameters that are known.</summary>
    private Tensor Error(Tensor mel, Tensor? mask, RoomTensors rooms) =>
        ((estimator.forward(mel, mask) - rooms.Parameters).square() * rooms.Known).sum() / rooms.Known.sum().clamp_min(1);
}
