using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Crops of speech and whose they are.</summary>
/// <param name="Features">Log-mel already clamped and normalised.</param>
/// <param name="Speakers">[B], classes counted from 0.</param>
public sealed record SpeakerBatch(string Name, FeatureBatch Features, long[] Speakers) : ITrainingBatch
{
    /// <summary>[B, 192] embeddings to come close to, by a network of others; null where there are none.</summary>
    public float[]? Embeddings { get; init; }

    /// <summary>[B, 192]</summary>
    public Tensor? EmbeddingsOn(Device device) =>
        Embeddings is null ? null : tensor(Embeddings, [Features.Size, Embeddings.Length / Features.Size], device: device);

    public Tensor Classes(Device device) => tensor(Speakers, [Features.Size], device: device);
}
