using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Multi-resolution spectral loss between waveforms: x̂0 and x0, both through a frozen differentiable vocoder, so that the vocoder's own
/// error is on both sides and only the teacher's remains. Utterances in another's voice do not count.
/// </summary>
public sealed class WaveformLoss(TeacherVocoder vocoder, double weight, TimeWeighting byTime = TimeWeighting.Even) : ITeacherLoss
{
    private readonly TeacherVocoder _vocoder = Frozen.Of(vocoder);
    private readonly SpectralLoss _spectral = new(StftResolution.Standard);

    public LossTerm Evaluate(FlowPrediction prediction)
    {
        var shares = prediction.Own(byTime.Shares(prediction.Time, prediction.Voices is { } voices ? 1 - voices.Exchanged : null));
        var generated = _vocoder.forward(prediction.EstimatedClean(), prediction.OwnMask()); // [B, 240·T]
        return new("stft", _spectral.Evaluate(generated, Recorded(prediction), Samples(prediction.OwnMask()), shares), weight);
    }

    private Tensor Recorded(FlowPrediction prediction)
    {
        using var _ = no_grad();
        return _vocoder.forward(prediction.Own(prediction.Clean), prediction.OwnMask());
    }

    /// <summary>[B, 1, T] → [B, 240·T]</summary>
    private Tensor? Samples(Tensor? mask) =>
        mask?.transpose(1, 2).expand(-1, -1, _vocoder.Architecture.HopLength).reshape(mask.shape[0], -1);
}
