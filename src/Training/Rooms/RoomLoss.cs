using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Mean squared error of the rooms that an estimator hears against those that were applied: in the speech as a microphone gave it, from
/// which the estimator learns, and in x̂0, through which the teacher learns to put its speech into the room asked for. The estimator learns
/// nothing from x̂0: the teacher is told the room, and both could agree on signs of it that no room leaves.
/// </summary>
public sealed class RoomLoss(RoomEstimator estimator, double weight) : ITeacherLoss
{
    /// <exception cref="ArgumentException">The batch was not augmented.</exception>
    public LossTerm Evaluate(FlowPrediction prediction)
    {
        var rooms = prediction.Rooms ?? throw new ArgumentException("Room loss: the batch tells no rooms; augment the phase.", nameof(prediction));
        var heard = Error(estimator.forward(prediction.Own(rooms.Heard), prediction.OwnMask()), prediction, rooms);
        return new("ir", (heard + OfGenerated(prediction, rooms)) / 2, weight);
    }

    /// <summary>Scalar; no gradient of it reaches the estimator.</summary>
    internal Tensor OfGenerated(FlowPrediction prediction, RoomTensors rooms) =>
        Error(Frozen.Pass(estimator, () => estimator.forward(prediction.EstimatedClean(), prediction.OwnMask())), prediction, rooms);

    /// <summary>Over the parameters that are known.</summary>
    private static Tensor Error(Tensor estimated, FlowPrediction prediction, RoomTensors rooms) =>
        ((estimated - prediction.Own(rooms.Parameters)).square() * prediction.Own(rooms.Known)).sum() / rooms.Known.sum().clamp_min(1);
}
