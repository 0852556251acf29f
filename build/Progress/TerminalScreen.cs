namespace Tmrvc.Build.Progress;

/// <summary>
/// A terminal whose last lines are rewritten in place while everything else that is written stays above them. Safe for several
/// threads. Knows neither stages nor progress.
/// </summary>
/// <param name="columns">Width of the terminal now: people change it.</param>
public sealed class TerminalScreen(TextWriter terminal, Func<int> columns)
{
    /// <summary>Left free at the end of a line, for the ^C that a terminal shows there.</summary>
    private const int Margin = 3;

    private readonly Lock _turn = new();
    private IReadOnlyList<string> _shown = [];

    /// <summary>Characters that a line may have.</summary>
    public int Room => Math.Max(0, columns() - Margin);

    /// <returns>Null where the output is no terminal, or one that cannot move its cursor.</returns>
    public static TerminalScreen? OfThisProcess(Func<string, string?> variable)
    {
        if (Console.IsOutputRedirected || variable("TERM") is "dumb" || Console.WindowWidth <= 0)
            return null;
        return new TerminalScreen(Console.Out, () => Console.WindowWidth);
    }

    /// <summary>Replaces the lines at the bottom; longer ones are cut.</summary>
    public void Show(IReadOnlyList<string> lines)
    {
        lock (_turn)
        {
            var erased = Erasure();
            Draw(erased, lines);
        }
    }

    /// <param name="destination">Another stream of the same terminal.</param>
    /// <param name="text">Whole lines.</param>
    public void WriteAbove(TextWriter destination, string text)
    {
        lock (_turn)
        {
            terminal.Write(Erasure());
            terminal.Flush();
            destination.Write(text);
            destination.Flush();
            Draw("", _shown);
        }
    }

    private void Draw(string before, IReadOnlyList<string> lines)
    {
        var room = Room;
        _shown = [.. lines.Select(line => line.Length <= room ? line : room > 0 ? line[..(room - 1)] + "…" : "")];
        terminal.Write(before + string.Join('\n', _shown));
        terminal.Flush();
    }

    /// <summary>Goes back to the first of the lines shown, which a terminal that became narrower has broken into several rows.</summary>
    private string Erasure()
    {
        if (_shown.Count == 0)
            return "";
        var width = Math.Max(1, columns());
        var rows = _shown.Sum(line => Math.Max(1, (line.Length + width - 1) / width));
        return "\r" + (rows > 1 ? $"\x1b[{rows - 1}A" : "") + "\x1b[J";
    }
}
