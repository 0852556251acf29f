using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Tmrvc.Training;

/// <summary>
/// Additive angular margin softmax (ArcFace, Deng et al., 2019): the angle to the true speaker's weight vector is widened by the
/// margin before a scaled softmax. Beyond θ = π − margin the cosine is continued linearly, so that it keeps falling.
/// </summary>
public sealed class AamSoftmax : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double _margin;
    private readonly double _scale;

    /// <param name="weights">[speakers, D]: initial class vectors, any length but zero.</param>
    /// <param name="margin">Radians.</param>
    public AamSoftmax(Tensor weights, double margin, double scale) : base(nameof(AamSoftmax))
    {
        weight = new Parameter(weights);
        (_margin, _scale) = (margin, scale);
        RegisterComponents();
    }

    /// <param name="embeddings">[B, D], any length but zero.</param>
    /// <param name="speakers">[B], int64.</param>
    /// <returns>Scalar cross-entropy, mean over the batch.</returns>
    public override Tensor forward(Tensor embeddings, Tensor speakers)
    {
        var cosine = Cosines(embeddings);
        var isTarget = F.one_hot(speakers, weight.shape[0]).to(ScalarType.Bool);
        return F.cross_entropy(where(isTarget, Widened(cosine), cosine) * _scale, speakers);
    }

    /// <returns>[B, speakers], in [−1, 1].</returns>
    public Tensor Cosines(Tensor embeddings) =>
        F.linear(F.normalize(embeddings, p: 2, dim: 1), F.normalize(weight, p: 2, dim: 1));

    /// <summary>cos(θ + margin), continued by cos θ − margin·sin(margin) where θ + margin passes π.</summary>
    private Tensor Widened(Tensor cosine)
    {
        var sine = (1 - cosine.square()).clamp_min(1e-7).sqrt();
        var widened = cosine * Math.Cos(_margin) - sine * Math.Sin(_margin);
        var continued = cosine - _margin * Math.Sin(_margin);
        return where(cosine.gt(Math.Cos(Math.PI - _margin)), widened, continued);
    }
}
