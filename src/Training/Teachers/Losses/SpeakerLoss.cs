using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// 1 − cos between the embeddings of x̂0 and of the recording whose voice was asked for, under a frozen encoder of mels: the gradient
/// reaches the teacher through the encoder.
/// </summary>
public sealed class SpeakerLoss(SpeakerEncoder encoder, double weight) : ITeacherLoss
{
    private readonly SpeakerEncoder _encoder = Frozen.Of(encoder);

    public LossTerm Evaluate(FlowPrediction prediction)
    {
        var generated = _encoder.forward(prediction.EstimatedClean(), prediction.Mask); // [B, 192], unit length
        return new("speaker", (1 - (generated * Wanted(prediction)).sum(1)).mean(), weight);
    }

    private Tensor Wanted(FlowPrediction prediction)
    {
        using var _ = no_grad();
        var recorded = _encoder.forward(prediction.Clean, prediction.Mask);
        return prediction.Voices is { } voices ? recorded.index_select(0, voices.Voice) : recorded;
    }
}
