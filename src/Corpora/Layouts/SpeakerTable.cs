namespace Tmrvc.Corpora;

/// <summary>A corpus' list of speakers: a line each, columns apart by blanks or tabs, the speaker in the first.</summary>
internal static class SpeakerTable
{
    /// <param name="column">Of the sex, from 0.</param>
    /// <returns>By speaker; empty when there is no such file. Headings and speakers without an F or M are left out.</returns>
    internal static IReadOnlyDictionary<string, Sex> Read(string path, int column)
    {
        var sexes = new Dictionary<string, Sex>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is var cells && cells.Length > column
                && SexOf(cells[column]) is { } sex)
                sexes.TryAdd(cells[0], sex);
        return sexes;
    }

    private static Sex? SexOf(string cell) => cell switch { "F" => Sex.Female, "M" => Sex.Male, _ => null };
}
