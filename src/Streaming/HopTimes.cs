namespace Tmrvc.Streaming;

/// <summary>How long hops took, in classes 1 % apart: any number of them in the same memory.</summary>
public sealed class HopTimes
{
    private const double Shortest = 1e-6, Ratio = 1.01;

    /// <summary>Up to some minutes.</summary>
    private readonly long[] _counts = new long[2000];
    private long _count;

    /// <summary>Of all hops.</summary>
    public TimeSpan Total { get; private set; }

    public long Count => _count;

    public void Add(TimeSpan time)
    {
        var place = (int)Math.Ceiling(Math.Log(Math.Max(1, time.TotalSeconds / Shortest)) / Math.Log(Ratio));
        _counts[Math.Min(place, _counts.Length - 1)]++;
        _count++;
        Total += time;
    }

    /// <summary>The time that <paramref name="share"/> of the hops did not exceed, 1 % too long at most; zero without hops.</summary>
    /// <param name="share">(0, 1]</param>
    public TimeSpan Quantile(double share)
    {
        var wanted = (long)Math.Ceiling(share * _count);
        var place = 0;
        for (var passed = _counts[0]; passed < wanted; passed += _counts[place])
            place++;
        return _count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Shortest * Math.Pow(Ratio, place));
    }
}
