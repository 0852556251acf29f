namespace Tmrvc.Training;

/// <summary>
/// Tells losses that are far above those before them, by the median and median absolute deviation of the usual ones: neither follows a few
/// outliers, and a loss above the limit is not counted among the usual.
/// </summary>
internal sealed class LossSpikeGuard(LossSpikeSettings settings)
{
    private const double NormalDeviation = 1.4826;
    private const int Fewest = 20;

    /// <summary>Losses that hardly move are given this share of their median as deviation.</summary>
    private const double LeastDeviation = 0.01;

    private readonly Queue<double> _usual = [];

    /// <summary>Losses above the limit, one after the other, up to the latest.</summary>
    public int Above { get; private set; }

    /// <summary>Whether the training should stop.</summary>
    public bool IsExhausted => Above >= settings.Patience;

    /// <summary>What the next loss may be at most.</summary>
    public double Limit
    {
        get
        {
            if (settings.Factor == 0 || _usual.Count < Math.Min(Fewest, (settings.Window + 1) / 2)) return double.PositiveInfinity;
            var median = Median(_usual);
            var deviation = NormalDeviation * Median(_usual.Select(loss => Math.Abs(loss - median)));
            return Math.Max(settings.Floor, median + settings.Factor * Math.Max(deviation, LeastDeviation * Math.Abs(median)));
        }
    }

    public void Add(double loss)
    {
        Above = loss > Limit ? Above + 1 : 0;
        if (Above > 0) return;
        _usual.Enqueue(loss);
        if (_usual.Count > settings.Window) _usual.Dequeue();
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
