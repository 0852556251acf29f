using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>AdamW (Loshchilov and Hutter, 2019) with clipping by the norm of all gradients together.</summary>
public sealed record OptimiserSettings : IValidated
{
    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Gradients are scaled down so that their L2 norm is at most this.</summary>
    public double ClipNorm { get; init; } = 1.0;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Beta1 is < 0 or >= 1) yield return ("beta1", $"{Beta1}: from 0 up to, not including, 1 is allowed.");
        if (Beta2 is < 0 or >= 1) yield return ("beta2", $"{Beta2}: from 0 up to, not including, 1 is allowed.");
        if (!(Epsilon > 0)) yield return ("epsilon", $"{Epsilon}: more than 0 is allowed.");
        if (!(WeightDecay >= 0)) yield return ("weight_decay", $"{WeightDecay}: 0 or more is allowed.");
        if (!(ClipNorm > 0)) yield return ("clip_norm", $"{ClipNorm}: more than 0 is allowed.");
    }
}
