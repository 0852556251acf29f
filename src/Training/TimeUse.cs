using System.Globalization;

namespace Tmrvc.Training;

/// <summary>What a run's time goes into. Kinds of work are timed apart and do not overlap.</summary>
internal sealed class TimeUse(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly Dictionary<string, TimeSpan> _spent = [];

    public TimeSpan Elapsed => clock.GetElapsedTime(_start) + TimeSpan.FromTicks(1);

    /// <summary>Name of each kind of work and its share of the time so far, in the order of their first use; in all at most 1.</summary>
    public IReadOnlyList<(string Work, double Share)> Shares
    {
        get
        {
            var elapsed = Elapsed;
            return [.. _spent.Select(entry => (entry.Key, entry.Value / elapsed))];
        }
    }

    public void Spend(string work, Action act)
    {
        var started = clock.GetTimestamp();
        act();
        _spent[work] = _spent.GetValueOrDefault(work) + clock.GetElapsedTime(started);
    }

    public override string ToString() => string.Join(", ", Shares.Select(use => string.Create(CultureInfo.InvariantCulture, $"{use.Work} {use.Share:P1}")));
}
