using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>How a converter is fine-tuned to one voice.</summary>
public sealed record FewShotSettings : IValidated
{
    public int Steps { get; init; } = 200;

    /// <summary>Peak, after which half a cosine leads to zero.</summary>
    public double Lr { get; init; } = 5e-3;

    /// <summary>Crops per step.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Frames of a crop, where the recordings have as many.</summary>
    public int Frames { get; init; } = 128;

    /// <summary>Share of each piece of speech, at its end, that judges and is not learnt from.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>Steps between two judgements; the best judged delta is kept.</summary>
    public int Interval { get; init; } = 20;

    public long Seed { get; init; } = 1;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Steps < 1) yield return ("steps", $"{Steps}: 1 or more is allowed.");
        if (!(Lr > 0)) yield return ("lr", $"{Lr}: more than 0 is allowed.");
        if (BatchSize < 1) yield return ("batch_size", $"{BatchSize}: 1 or more is allowed.");
        if (Frames < 1) yield return ("frames", $"{Frames}: 1 or more is allowed.");
        if (HeldOut is not (> 0 and < 1)) yield return ("held_out", $"{HeldOut}: between 0 and 1 is allowed.");
        if (Interval < 1) yield return ("interval", $"{Interval}: 1 or more is allowed.");
    }
}
