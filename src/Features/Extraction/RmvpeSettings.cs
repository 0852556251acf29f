using Tmrvc.Configuration;

namespace Tmrvc.Features;

/// <summary>For <see cref="F0Kind.Rmvpe"/>.</summary>
public sealed record RmvpeSettings : IValidated
{
    /// <summary>Salience below which a frame is unvoiced.</summary>
    public double Threshold { get; init; } = 0.03;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Threshold is not (> 0 and < 1))
            yield return ("threshold", $"found {Threshold}, above 0 and below 1 is allowed");
    }
}
