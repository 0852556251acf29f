using Tmrvc.Configuration;

namespace Tmrvc.Export;

/// <summary>How close int8 networks must be to those in float32, each given the same inputs and keeping its own state.</summary>
public sealed record QuantisationSettings : IValidated
{
    /// <summary>Of speech, 10 ms each.</summary>
    public int Frames { get; init; } = 100;

    /// <summary>Mean |Δ| / max(1, |reference|) of the converters' features.</summary>
    public double Mean { get; init; } = 0.01;

    /// <summary>The largest of them; null to state it and judge it not.</summary>
    public double? Largest { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Frames < 10) yield return ("frames", $"{Frames}: 10 or more are allowed.");
        if (!(Mean > 0)) yield return ("mean", $"{Mean}: a positive number is allowed.");
        if (Largest is <= 0) yield return ("largest", $"{Largest}: a positive number is allowed, or none.");
    }
}
