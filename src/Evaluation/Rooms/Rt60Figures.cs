namespace Tmrvc.Evaluation;

/// <summary>An RT60 heard in one band of one piece of speech, and that of the room; seconds.</summary>
internal readonly record struct HeardRt60(int Band, double Heard, double Known);

/// <summary>How far RT60 was misheard, root mean square, seconds, and how it follows the rooms; null where nothing was heard.</summary>
internal static class Rt60Figures
{
    /// <summary>Seconds, root mean square: who answers a band's mean and less beside it, answers a constant.</summary>
    private const double LeastSpread = 1e-3;

    public static double? Error(IReadOnlyCollection<HeardRt60> heard) => Root(heard.Select(band => band.Heard - band.Known));

    /// <summary>That of always answering each band's mean over these very rooms: what an estimator must be below to have heard anything.</summary>
    public static double? ErrorOfMean(IReadOnlyCollection<HeardRt60> heard) => Root(
        from band in heard.GroupBy(one => one.Band)
        let mean = band.Average(one => one.Known)
        from one in band
        select mean - one.Known);

    /// <summary>
    /// Pearson's, of the deviations from each band's mean, all bands together: small rooms and large ones are heard apart, however far off both are. Null
    /// for constant answers, also where every band has its own.
    /// </summary>
    public static double? Correlation(IReadOnlyCollection<HeardRt60> heard)
    {
        var apart = heard.GroupBy(one => one.Band).SelectMany(Centred).ToList();
        var (answers, rooms) = (Root(apart.Select(one => one.Heard)), Root(apart.Select(one => one.Known)));
        return answers > LeastSpread && rooms > LeastSpread ? apart.Average(one => one.Heard * one.Known) / (answers * rooms) : null;
    }

    private static IEnumerable<(double Heard, double Known)> Centred(IEnumerable<HeardRt60> band)
    {
        var all = band.ToList();
        var (heard, known) = (all.Average(one => one.Heard), all.Average(one => one.Known));
        return all.Select(one => (one.Heard - heard, one.Known - known));
    }

    private static double? Root(IEnumerable<double> differences) =>
        differences.Select(difference => (double?)(difference * difference)).Average() is { } mean ? Math.Sqrt(mean) : null;
}
