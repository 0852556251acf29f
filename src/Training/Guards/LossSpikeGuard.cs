namespace Tmrvc.Training;

/// <summary>Tells a loss that is far above those before it, by their median and median absolute deviation: neither follows a few outliers.</summary>
internal sealed class LossSpikeGuard(LossSpikeSettings settings)
{
    private const double NormalDeviation = 1.4826;

    /// <summary>Losses that hardly move are given this share of their median as deviation.</summary>
    private const double LeastDeviation = 0.01;

    private readonly Queue<double> _recent = [];

    /// <summary>What the next loss may be at most.</summary>
    public double Limit
    {
        get
        {
            if (settings.Factor == 0 || _recent.Count < (settings.Window + 1) / 2) return double.PositiveInfinity;
            var median = Median(_recent);
            var deviation = NormalDeviation * Median(_recent.Select(loss => Math.Abs(loss - median)));
            return median + settings.Factor * Math.Max(deviation, LeastDeviation * Math.Abs(median));
        }
    }

    public void Add(double loss)
    {
        _recent.Enqueue(loss);
        if (_recent.Count > settings.Window) _recent.Dequeue();
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
