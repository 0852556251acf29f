using Tmrvc.Configuration;

namespace Tmrvc.Export;

/// <summary>How close exported networks must be to those they were made from.</summary>
public sealed record ParitySettings : IValidated
{
    /// <summary>Of speech, 10 ms each.</summary>
    public int Frames { get; init; } = 500;

    /// <summary>Largest <see cref="Deviation"/> of any output in any case.</summary>
    public double Largest { get; init; } = 5e-5;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Frames < 10) yield return ("frames", $"{Frames}: 10 or more are allowed.");
        if (!(Largest > 0)) yield return ("largest", $"{Largest}: a positive number is allowed.");
    }
}
