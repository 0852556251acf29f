namespace Tmrvc.Benchmarks.Students;

/// <summary>What hops took, in milliseconds each.</summary>
internal sealed class HopTimes
{
    private readonly List<double> _hops = [];
    private readonly List<double> _processor = [];
    private readonly List<double> _allocated = [];

    public double Median => Percentile(0.5);

    /// <summary>Of the whole process, per hop; the median of the rounds.</summary>
    public double Processor => Middle(_processor, 0.5);

    /// <summary>Managed bytes per hop; the median of the rounds.</summary>
    public double Allocated => Middle(_allocated, 0.5);

    public void Add(HopRound round)
    {
        _hops.AddRange(round.Hops);
        _processor.Add(round.Processor);
        _allocated.Add(round.Allocated);
    }

    public double Percentile(double share) => Middle(_hops, share);

    private static double Middle(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}

/// <param name="Hops">Milliseconds, each.</param>
/// <param name="Processor">Milliseconds per hop.</param>
/// <param name="Allocated">Managed bytes per hop.</param>
internal sealed record HopRound(double[] Hops, double Processor, double Allocated);
