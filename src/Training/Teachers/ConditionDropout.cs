using Tmrvc.Models;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Tmrvc.Training;

/// <summary>Takes conditions away from some utterances of a batch, or disturbs them, with the probabilities of the settings.</summary>
public sealed class ConditionDropout(FlowSettings settings)
{
    /// <summary>The conditions of classifier-free guidance's unconditional branch: no content, no F0, no speaker.</summary>
    public static TeacherConditions Unconditional(TeacherConditions conditions) => conditions with
    {
        Content = zeros_like(conditions.Content),
        LogF0 = zeros_like(conditions.LogF0),
        Voiced = zeros_like(conditions.Voiced),
        Speaker = zeros_like(conditions.Speaker),
    };

    /// <returns>The conditions, and [B]: 1 where the speaker is told, 0 where the speaker was taken away.</returns>
    public (TeacherConditions Conditions, Tensor Told) Apply(TeacherConditions conditions, StepRandom random)
    {
        var size = conditions.Content.shape[0];
        var kept = Kept(settings.Unconditional, size, random);
        var withContent = kept * Kept(settings.ContentDropout, size, random);
        return (conditions with
        {
            Content = conditions.Content * withContent.view(-1, 1, 1),
            LogF0 = conditions.LogF0 * kept.view(-1, 1, 1),
            Voiced = conditions.Voiced * kept.view(-1, 1, 1),
            Speaker = Disturbed(conditions.Speaker, random) * kept.view(-1, 1),
        }, kept);
    }

    /// <summary>[B], 0 with the probability, else 1.</summary>
    private static Tensor Kept(double probability, long size, StepRandom random) =>
        random.Uniform(size).ge(probability).to(ScalarType.Float32);

    private Tensor Disturbed(Tensor speaker, StepRandom random)
    {
        if (settings.SpeakerNoise == 0) return speaker;
        var (size, dimension) = (speaker.shape[0], speaker.shape[1]);
        var amount = (1 - Kept(settings.SpeakerNoise, size, random)) * (settings.SpeakerNoiseScale / Math.Sqrt(dimension));
        var moved = speaker + amount.view(-1, 1) * random.Normal(size, dimension);
        return F.normalize(moved, p: 2, dim: 1);
    }
}
