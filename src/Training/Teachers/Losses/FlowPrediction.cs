using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// What the teacher made of one micro-batch, or of some of its rows; mels [B, 80, T] are clamped and normalised. All but the teacher's output
/// are of the whole micro-batch, so that a loss divides by what all rows come to: those of all processes then add up to that of one.
/// </summary>
/// <param name="Clean">x0.</param>
/// <param name="Noise">ε.</param>
/// <param name="Time">[B], in [0, 1].</param>
/// <param name="Position">x_t.</param>
/// <param name="Velocity">v̂, the teacher's output for <see cref="Rows"/>.</param>
/// <param name="Mask">[B, 1, T], 1 inside each length; null when nothing is padded.</param>
public sealed record FlowPrediction(Tensor Clean, Tensor Noise, Tensor Time, Tensor Position, Tensor Velocity, Tensor? Mask)
{
    /// <summary>Those that the losses are of; null for all.</summary>
    public BatchRows? Rows { get; init; }

    /// <summary>Whose voice was asked for; null when everybody's own.</summary>
    public ExchangedVoices? Voices { get; init; }

    /// <summary>[B], 1 where the teacher was told whose voice, 0 where the conditions were dropped; null when it always was.</summary>
    public Tensor? Told { get; init; }

    /// <summary>The speech before it was augmented, [B, 80, T]; null where it was not, or nobody's voice is exchanged.</summary>
    public Tensor? Recorded { get; init; }

    /// <summary>What was applied to the batch; null where it was not augmented.</summary>
    public RoomTensors? Rooms { get; init; }

    /// <summary>x̂0 = x_t − t·v̂, the data that the teacher's output points to, of <see cref="Rows"/>; differentiable.</summary>
    public Tensor EstimatedClean() => RectifiedFlow.Clean(Own(Position), Velocity, Own(Time));

    /// <summary>The <see cref="Rows"/> of a tensor of the whole.</summary>
    public Tensor Own(Tensor whole) => Rows.Of(whole);

    /// <summary><see cref="Mask"/> of <see cref="Rows"/>.</summary>
    public Tensor? OwnMask() => Mask is null ? null : Own(Mask);

    /// <summary>Where x0 is what should come out: inside each length, in utterances that keep their own voice. Null when everywhere.</summary>
    public Tensor? ReconstructionMask() => Voices is null ? Mask : (Mask ?? ones_like(Clean.narrow(1, 0, 1))) * (1 - Voices.Exchanged).view(-1, 1, 1);
}
