namespace Tmrvc.Corpora;

/// <summary>
/// <c>utterances.jsonl</c> at the top of a tree of segments: one <see cref="Utterance"/> a line, by id (ordinal).
/// </summary>
public static class UtteranceIndex
{
    private const string FileName = "utterances.jsonl";

    public static void Write(string folder, IEnumerable<Utterance> utterances)
    {
        Directory.CreateDirectory(folder);
        JsonLines.Write(Path.Combine(folder, FileName), utterances);
    }

    /// <exception cref="InvalidDataException">A line is no utterance.</exception>
    public static IReadOnlyList<Utterance> Read(string folder) => JsonLines.Read<Utterance>(Path.Combine(folder, FileName));

    /// <summary>The corpus that the first line names, as all others do.</summary>
    /// <exception cref="InvalidDataException">There is no line, or it is no utterance.</exception>
    public static string CorpusOf(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return JsonLines.First<Utterance>(path) is { } utterance ? utterance.Corpus : throw new InvalidDataException($"{path}: holds no utterance");
    }
}
