using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>How far a training loss must have fallen, and how evenly.</summary>
public sealed record LossTrendSettings : IValidated
{
    /// <summary>Equal windows over the steps; the loss is smoothed to their means.</summary>
    public int Windows { get; init; } = 6;

    /// <summary>Share by which a window may lie above the one before: the noise of a window's mean.</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>Most that the last window may keep of the first.</summary>
    public double Remaining { get; init; } = 0.8;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Windows < 2) yield return ("windows", $"{Windows}: 2 or more is allowed.");
        if (Tolerance is not (>= 0 and < 1)) yield return ("tolerance", $"{Tolerance}: from 0 up to, not including, 1 is allowed.");
        if (Remaining is not (> 0 and < 1)) yield return ("remaining", $"{Remaining}: between 0 and 1 is allowed.");
    }
}
