namespace Tmrvc.Evaluation;

/// <summary>An RT60 heard in one band of one piece of speech, and that of the room; seconds.</summary>
internal readonly record struct HeardRt60(int Band, double Heard, double Known);

/// <summary>How far RT60 was misheard, root mean square, seconds; null where nothing was heard.</summary>
internal static class Rt60Figures
{
    public static double? Error(IReadOnlyCollection<HeardRt60> heard) => Root(heard.Select(band => band.Heard - band.Known));

    /// <summary>That of always answering each band's mean over these very rooms: what an estimator must be below to have heard anything.</summary>
    public static double? ErrorOfMean(IReadOnlyCollection<HeardRt60> heard) => Root(
        from band in heard.GroupBy(one => one.Band)
        let mean = band.Average(one => one.Known)
        from one in band
        select mean - one.Known);

    private static double? Root(IEnumerable<double> differences) =>
        differences.Select(difference => (double?)(difference * difference)).Average() is { } mean ? Math.Sqrt(mean) : null;
}
