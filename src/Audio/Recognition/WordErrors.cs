namespace Tmrvc.Audio;

/// <summary>
/// The fewest words that must be replaced, left out and put in to come from what was to be said to what was understood (Levenshtein 1966).
/// </summary>
/// <param name="Words">That were to be said.</param>
/// <param name="Errors">0 or more; can be above <paramref name="Words"/>.</param>
public readonly record struct WordErrors(int Words, int Errors)
{
    /// <summary>0 when all was understood; null where nothing was to be said.</summary>
    public double? Rate => Words == 0 ? null : (double)Errors / Words;

    public static WordErrors operator +(WordErrors one, WordErrors other) => new(one.Words + other.Words, one.Errors + other.Errors);

    /// <param name="transcript">As people write it.</param>
    public static WordErrors Of(string transcript, IReadOnlyList<string> understood)
    {
        var said = WordsOf(transcript);
        return new(said.Length, Distance(said, understood));
    }

    /// <summary>Words in lower case; whatever is no letter, digit or apostrophe within a word separates them.</summary>
    public static string[] WordsOf(string transcript) =>
    [
        .. new string([.. transcript.Replace('’', '\'').ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c == '\'' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\'')).Where(word => word.Length > 0),
    ];

    private static int Distance(IReadOnlyList<string> said, IReadOnlyList<string> understood)
    {
        var row = Enumerable.Range(0, understood.Count + 1).ToArray();
        for (var i = 0; i < said.Count; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j < row.Length; j++)
            {
                var replaced = diagonal + (said[i] == understood[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
