using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Crops of speech and whose they are.</summary>
/// <param name="Features">Log-mel already clamped and normalised.</param>
/// <param name="Speakers">[B], classes counted from 0.</param>
public sealed record SpeakerBatch(string Name, FeatureBatch Features, long[] Speakers) : ITrainingBatch
{
    public Tensor Classes(Device device) => tensor(Speakers, [Features.Size], device: device);
}
