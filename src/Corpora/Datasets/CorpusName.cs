namespace Tmrvc.Corpora;

/// <summary>How corpora may be called: the name begins ids and names of files.</summary>
public static class CorpusName
{
    public static IEnumerable<(string Property, string Message)> Mistakes(string name)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            yield return ("name", $"found '{name}', lower-case letters, digits, '-' and '_' are allowed");
    }
}
