namespace Tmrvc.Build.Tests.Support;

/// <summary>What a terminal of so many columns shows after a text: it breaks long lines, moves its cursor, erases to the end.</summary>
internal static class TerminalPicture
{
    /// <returns>Its rows, without spaces at their ends.</returns>
    public static string[] Of(string written, int columns)
    {
        List<char[]> rows = [Blank(columns)];
        var (row, column) = (0, 0);
        for (var i = 0; i < written.Length; i++)
            switch (written[i])
            {
                case '\r': column = 0; break;
                case '\n': (row, column) = (row + 1, 0); break;
                case '\x1b': i = Obey(written, i + 2, rows, ref row, column, columns); break;
                default:
                    if (column == columns)
                        (row, column) = (row + 1, 0);
                    while (rows.Count <= row)
                        rows.Add(Blank(columns));
                    rows[row][column++] = written[i];
                    break;
            }
        return [.. rows.Select(letters => new string(letters).TrimEnd())];
    }

    /// <param name="at">After ESC and [.</param>
    /// <returns>Where the command ends.</returns>
    private static int Obey(string written, int at, List<char[]> rows, ref int row, int column, int columns)
    {
        var end = at;
        while (char.IsAsciiDigit(written[end]))
            end++;
        if (written[end] == 'A')
            row = Math.Max(0, row - int.Parse(written[at..end]));
        else if (written[end] == 'J')
        {
            rows.RemoveRange(Math.Min(rows.Count, row + 1), Math.Max(0, rows.Count - row - 1));
            if (row < rows.Count)
                Array.Fill(rows[row], ' ', column, columns - column);
        }
        else
            throw new ArgumentException($"the terminal of the tests does not know ESC[{written[at..(end + 1)]}");
        return end;
    }

    private static char[] Blank(int columns) => [.. Enumerable.Repeat(' ', columns)];
}
