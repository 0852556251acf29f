namespace Tmrvc.Evaluation;

/// <summary>Means of what several samples gave, by name, in the order in which the names were first told.</summary>
internal sealed class Tally
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (string Unit, string? Note, List<double> Values)> _entries = [];

    /// <param name="value">Null where the sample says nothing of it; a figure without any value is null.</param>
    public void Add(string name, double? value, string unit = "", string? note = null)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            _entries[name] = entry = (unit, note, []);
            _order.Add(name);
        }
        if (value is { } number) entry.Values.Add(number);
    }

    /// <summary>Counts a sample for or against: the mean is a share in percent.</summary>
    public void Add(string name, bool? holds, string? note = null) => Add(name, holds is { } yes ? yes ? 100 : 0 : null, "%", note);

    public IEnumerable<Figure> Figures() => _order.Select(name => Figure.Mean(name, _entries[name].Values, _entries[name].Unit, _entries[name].Note));
}
