namespace Tmrvc.Corpora;

/// <summary>Transcripts as <c>path: words</c> lines; <c>;</c> starts a comment, brackets describe what is not speech.</summary>
internal static class PromptTranscripts
{
    /// <summary>Empty when there is no such file.</summary>
    internal static IReadOnlyDictionary<string, string> Read(string path)
    {
        var transcripts = new Dictionary<string, string>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            if (Parse(line) is var (prompt, words))
                transcripts.TryAdd(prompt, words);
        return transcripts;
    }

    private static (string Prompt, string Words)? Parse(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (line.StartsWith(';') || colon < 0)
            return null;
        var words = line[(colon + 1)..];
        var bracket = words.IndexOf('[');
        words = (bracket < 0 ? words : words[..bracket]).Trim();
        return words.Length == 0 ? null : (line[..colon], words);
    }
}
