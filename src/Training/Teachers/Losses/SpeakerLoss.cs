using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// 1 − cos between the embeddings of x̂0 and of the recording whose voice was asked for, under a frozen encoder of mels: the gradient
/// reaches the teacher through the encoder. An exchanged voice is judged by its recording without room and noise, one's own by the
/// speech that was to come out. Utterances whose conditions were dropped do not count.
/// </summary>
public sealed class SpeakerLoss(SpeakerEncoder encoder, double weight, TimeWeighting byTime = TimeWeighting.Even) : ITeacherLoss
{
    private readonly SpeakerEncoder _encoder = Frozen.Of(encoder);

    public LossTerm Evaluate(FlowPrediction prediction)
    {
        var generated = _encoder.forward(prediction.EstimatedClean(), prediction.OwnMask()); // [B, 192], unit length
        var shares = prediction.Own(byTime.Shares(prediction.Time, prediction.Told));
        return new("speaker", ((1 - (generated * Wanted(prediction)).sum(1)) * shares).sum(), weight);
    }

    private Tensor Wanted(FlowPrediction prediction)
    {
        using var _ = no_grad();
        var recorded = _encoder.forward(prediction.Own(prediction.Clean), prediction.OwnMask());
        if (prediction.Voices is not { } voices) return recorded;
        var dry = prediction is { Recorded: null, Rows: null } ? recorded : _encoder.forward(prediction.Recorded ?? prediction.Clean, prediction.Mask);
        return where(prediction.Own(voices.Exchanged).gt(0).unsqueeze(1), dry.index_select(0, prediction.Own(voices.Voice)), recorded);
    }
}
