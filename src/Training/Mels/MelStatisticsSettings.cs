using Tmrvc.Configuration;

namespace Tmrvc.Training;

public sealed record MelStatisticsSettings : IValidated
{
    /// <summary>Natural log of mel power below which values are raised to it; about ln(1e-5).</summary>
    public double Clamp { get; init; } = -11.5;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Clamp is not (>= -23 and <= 0)) yield return ("clamp", $"{Clamp}: from -23 (digital silence) to 0 is allowed.");
    }
}
