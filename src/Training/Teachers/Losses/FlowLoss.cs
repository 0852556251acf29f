using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Mean squared error of the velocity over the frames inside each length.</summary>
public sealed class FlowLoss(double weight = 1) : ITeacherLoss
{
    public LossTerm Evaluate(FlowPrediction prediction)
    {
        var error = prediction.Velocity - prediction.Own(RectifiedFlow.Velocity(prediction.Clean, prediction.Noise));
        return new("flow", prediction.Rows is null ? MaskedMeanSquare(error, prediction.ReconstructionMask()) : Share(error, prediction), weight);
    }

    /// <summary>What some rows add to the mean over all.</summary>
    private static Tensor Share(Tensor error, FlowPrediction prediction)
    {
        var mask = prediction.ReconstructionMask() ?? ones_like(prediction.Clean.narrow(1, 0, 1));
        var inside = error.masked_fill(prediction.Own(mask).eq(0), 0);
        return inside.square().sum() / (mask.sum().clamp_min(1) * error.shape[1]);
    }

    /// <param name="error">[B, C, T]; whatever stands outside the mask, NaN included, has no influence.</param>
    /// <param name="mask">[B, 1, T], 1 inside and 0 outside; null when all is inside.</param>
    internal static Tensor MaskedMeanSquare(Tensor error, Tensor? mask)
    {
        if (mask is null) return error.square().mean();
        var inside = error.masked_fill(mask.eq(0), 0);
        return inside.square().sum() / (mask.sum().clamp_min(1) * error.shape[1]);
    }
}
