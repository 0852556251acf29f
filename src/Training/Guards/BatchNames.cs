namespace Tmrvc.Training;

/// <summary>The utterances of a step in so few words that a line of a log holds them.</summary>
internal static class BatchNames
{
    private const int Most = 3;
    private const string Between = ", ";

    /// <param name="batches">Of each micro-batch, its utterances with commas between.</param>
    public static string Short(IEnumerable<string> batches)
    {
        var names = batches.SelectMany(batch => batch.Split(Between)).ToList();
        return string.Join(Between, names.Take(Most)) + (names.Count > Most ? $" and {names.Count - Most} more, {names.Count} in all" : "");
    }
}
