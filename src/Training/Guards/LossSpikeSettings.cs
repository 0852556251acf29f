using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>When losses are so far above those before them that the training stops. Changes no result of a training that goes on.</summary>
public sealed record LossSpikeSettings : IValidated
{
    /// <summary>Deviations above the median, the deviation being 1.4826 median absolute deviations (the standard one of normal numbers); 0 never stops.</summary>
    public double Factor { get; init; } = 50;

    /// <summary>A loss up to here is never too high: where losses are near 0, many deviations are nothing.</summary>
    public double Floor { get; init; } = 0.1;

    /// <summary>Steps that are compared with. Nothing is judged before 20 of them, or half where that is less.</summary>
    public int Window { get; init; } = 200;

    /// <summary>Losses above the limit, one after the other, that stop the training; fewer are told and learnt from.</summary>
    public int Patience { get; init; } = 10;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (!(Factor >= 0)) yield return ("factor", $"{Factor}: 0 (never) or more is allowed.");
        if (!(Floor >= 0)) yield return ("floor", $"{Floor}: 0 or more is allowed.");
        if (Window < 10) yield return ("window", $"{Window}: 10 or more is allowed.");
        if (Patience < 1) yield return ("patience", $"{Patience}: 1 or more is allowed.");
    }
}
