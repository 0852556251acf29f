using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>When a loss is so far above those before it that the training stops. Changes no result of a training that goes on.</summary>
public sealed record LossSpikeSettings : IValidated
{
    /// <summary>Deviations above the median, the deviation being 1.4826 median absolute deviations (the standard one of normal numbers); 0 never stops.</summary>
    public double Factor { get; init; } = 50;

    /// <summary>Steps that are compared with. Nothing is judged before half of it is known.</summary>
    public int Window { get; init; } = 200;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (!(Factor >= 0)) yield return ("factor", $"{Factor}: 0 (never) or more is allowed.");
        if (Window < 10) yield return ("window", $"{Window}: 10 or more is allowed.");
    }
}
