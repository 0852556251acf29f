using Tmrvc.Configuration;

namespace Tmrvc.Export;

/// <summary>How close the chain of int8 networks must be to that in float32, each fed by its own.</summary>
public sealed record QuantisationSettings : IValidated
{
    /// <summary>Of speech, 10 ms each.</summary>
    public int Frames { get; init; } = 500;

    /// <summary>Mean |Δ| of the converters' features, in nepers: 0.05 is 0.4 dB.</summary>
    public double Mean { get; init; } = 0.05;

    /// <summary>The largest of them; null to state it and judge it not.</summary>
    public double? Largest { get; init; }

    /// <summary>Root mean square of what any output is off by, over that of the output.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>The same of the complex spectrum, which is what is heard: 0.3 is 10 dB below it.</summary>
    public double SpectrumShare { get; init; } = 0.3;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Frames < 10) yield return ("frames", $"{Frames}: 10 or more are allowed.");
        if (!(Mean > 0)) yield return ("mean", $"{Mean}: a positive number is allowed.");
        if (Largest is <= 0) yield return ("largest", $"{Largest}: a positive number is allowed, or none.");
        if (!(Share > 0)) yield return ("share", $"{Share}: a positive number is allowed.");
        if (!(SpectrumShare > 0)) yield return ("spectrum_share", $"{SpectrumShare}: a positive number is allowed.");
    }
}
