using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>One term of a teacher phase's loss.</summary>
public interface ITeacherLoss
{
    LossTerm Evaluate(FlowPrediction prediction);
}

/// <summary>What the teacher made of one micro-batch; mels [B, 80, T] are clamped and normalised.</summary>
/// <param name="Clean">x0.</param>
/// <param name="Noise">ε.</param>
/// <param name="Time">[B], in [0, 1].</param>
/// <param name="Position">x_t.</param>
/// <param name="Velocity">v̂, the teacher's output.</param>
/// <param name="Mask">[B, 1, T], 1 inside each length; null when nothing is padded.</param>
public sealed record FlowPrediction(Tensor Clean, Tensor Noise, Tensor Time, Tensor Position, Tensor Velocity, Tensor? Mask)
{
    /// <summary>x̂0 = x_t − t·v̂, the data that the teacher's output points to; differentiable.</summary>
    public Tensor EstimatedClean() => RectifiedFlow.Clean(Position, Velocity, Time);
}
