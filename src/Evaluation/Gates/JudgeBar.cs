using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>How well the judge itself must tell real voices apart: what it says of generated ones is worth no more.</summary>
public sealed record JudgeBar : IValidated
{
    /// <summary>Least distance between the SECS of real recordings of one speaker and of two.</summary>
    public double Gap { get; init; } = 0.3;

    /// <summary>Least share, percent, of held-out recordings that are nearer to their speaker than to any other.</summary>
    public double Accuracy { get; init; } = 80;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (!(Gap > 0)) yield return ("gap", $"{Gap}: more than 0 is allowed.");
        if (Accuracy is not (> 0 and <= 100)) yield return ("accuracy", $"{Accuracy}: more than 0 and up to 100 percent is allowed.");
    }
}
