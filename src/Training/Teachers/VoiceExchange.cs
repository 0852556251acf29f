using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Asks for some utterances of a batch in the voice of another one: nobody recorded that, so only losses on the voice can judge it.
/// </summary>
/// <param name="Exchanged">[B], 1 where the voice is another's.</param>
/// <param name="Voice">[B], int64: the utterance whose voice is asked for, each one's own where nothing is exchanged.</param>
public sealed record VoiceExchange(Tensor Exchanged, Tensor Voice)
{
    /// <returns>Null where there is nobody to exchange with, or no wish to.</returns>
    public static VoiceExchange? Draw(double probability, long size, StepRandom random, Device device)
    {
        if (probability == 0 || size < 2) return null;
        var exchanged = random.Uniform(size).lt(probability);
        var own = arange(size, device: device);
        var distance = 1 + (random.Uniform(1) * (size - 1)).to_type(ScalarType.Int64); // of the other one, round the batch
        var other = own + distance;
        return new VoiceExchange(exchanged.to_type(ScalarType.Float32), where(exchanged, where(other.lt(size), other, other - size), own));
    }

    public TeacherConditions Apply(TeacherConditions conditions) => conditions with { Speaker = conditions.Speaker.index_select(0, Voice) };
}
