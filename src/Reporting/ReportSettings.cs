using Tmrvc.Configuration;

namespace Tmrvc.Reporting;

/// <summary>How much the page may carry.</summary>
public sealed record ReportSettings : IValidated
{
    /// <summary>Encoded bytes of all sounds together; later ones are named but left out. Base64 makes them a third larger.</summary>
    public long AudioBytes { get; init; } = 8_000_000;

    /// <summary>Points per curve; longer ones keep the extremes of each stretch.</summary>
    public int CurvePoints { get; init; } = 2000;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (AudioBytes < 0)
            yield return ("audio_bytes", $"is {AudioBytes}; 0 or more is allowed");
        if (CurvePoints < 4)
            yield return ("curve_points", $"is {CurvePoints}; 4 or more is allowed");
    }
}
