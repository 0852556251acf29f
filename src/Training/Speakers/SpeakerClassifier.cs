using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Tmrvc.Training;

/// <summary>A speaker encoder with the class vectors that exist only while it is trained.</summary>
public sealed class SpeakerClassifier : nn.Module
{
    private readonly SpeakerEncoder encoder;
    private readonly AamSoftmax head;
    private readonly double _regression;
    private readonly Device _device;

    /// <param name="regression">Weight of the distance from embeddings by a network of others.</param>
    public SpeakerClassifier(SpeakerEncoder encoder, AamSoftmax head, double regression, Device device) : base(nameof(SpeakerClassifier))
    {
        (this.encoder, this.head, _regression, _device) = (encoder, head, regression, device);
        RegisterComponents();
        this.to(device);
    }

    /// <summary>The classification loss of a batch, and 1 − cosine to the embeddings that are to be regressed.</summary>
    /// <exception cref="InvalidOperationException">Embeddings are to be regressed, and the batch has none.</exception>
    public IReadOnlyList<LossTerm> Evaluate(SpeakerBatch batch, StepRandom random)
    {
        var embeddings = encoder.forward(batch.Features.LogMelOn(_device), batch.Features.MaskOn(_device)); // [B, 192]
        var classification = new LossTerm("aam", head.forward(embeddings, batch.Classes(_device)));
        return _regression == 0 ? [classification] : [classification, new LossTerm("regression", Distance(embeddings, batch), _regression)];
    }

    private Tensor Distance(Tensor embeddings, SpeakerBatch batch)
    {
        var targets = batch.EmbeddingsOn(_device) ?? throw new InvalidOperationException(
            "speaker_encoder.regression: the features hold no embeddings to regress; set features.speaker to ecapa, or regression to 0");
        return (1 - F.cosine_similarity(embeddings, targets, dim: 1)).mean();
    }
}
