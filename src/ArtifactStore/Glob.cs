using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// A pattern over relative paths with forward slashes: <c>*</c> and <c>?</c> within one name, <c>**/</c> any number of folders,
/// <c>{a,b}</c> alternatives. Case matters.
/// </summary>
public sealed class Glob
{
    public static readonly Glob Everything = new("**/*");

    private readonly byte[][] _alternatives;
    private readonly int _depth;

    /// <exception cref="ArgumentException">Empty, absolute, or with an unclosed brace.</exception>
    public Glob(string pattern)
    {
        if (pattern.Length == 0 || pattern[0] == '/' || !BracesMatch(pattern))
            throw new ArgumentException($"Pattern '{pattern}': a relative pattern such as **/*.{{wav,flac}} is allowed.", nameof(pattern));
        Pattern = pattern;
        _alternatives = [.. Expand(pattern).Select(Encoding.UTF8.GetBytes)];
        _depth = pattern.Contains("**") ? int.MaxValue : pattern.Count(c => c == '/');
    }

    public string Pattern { get; }

    /// <summary>Whether files this many folders down can match.</summary>
    internal bool Reaches(int depth) => depth <= _depth;

    public bool Matches(string path) => Matches(Encoding.UTF8.GetBytes(path));

    internal bool Matches(ReadOnlySpan<byte> path)
    {
        foreach (var alternative in _alternatives)
            if (Matches(alternative, path))
                return true;
        return false;
    }

    private static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path)
    {
        for (; !pattern.IsEmpty; pattern = pattern[1..], path = path[1..])
        {
            if (pattern.StartsWith("**/"u8))
                return AnyFolders(pattern[3..], path);
            if (pattern.SequenceEqual("**"u8))
                return !path.IsEmpty;
            if (pattern[0] == '*')
                return AnyPartOfName(pattern[1..], path);
            if (path.IsEmpty || (pattern[0] == '?' ? path[0] == '/' : pattern[0] != path[0]))
                return false;
            if (pattern[0] == '?')
                path = path[(CharacterLength(path[0]) - 1)..];
        }
        return path.IsEmpty;
    }

    private static bool AnyFolders(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> path)
    {
        while (!Matches(rest, path))
        {
            var slash = path.IndexOf((byte)'/');
            if (slash < 0)
                return false;
            path = path[(slash + 1)..];
        }
        return true;
    }

    private static bool AnyPartOfName(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> path)
    {
        for (; !Matches(rest, path); path = path[1..])
            if (path.IsEmpty || path[0] == '/')
                return false;
        return true;
    }

    private static int CharacterLength(byte first) => first switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };

    private static bool BracesMatch(string pattern)
    {
        var open = 0;
        return pattern.All(c => (open += c == '{' ? 1 : c == '}' ? -1 : 0) is 0 or 1) && open == 0;
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('{');
        if (open < 0)
            return [pattern];
        var close = pattern.IndexOf('}', open);
        return pattern[(open + 1)..close].Split(',')
            .SelectMany(choice => Expand(pattern[..open] + choice + pattern[(close + 1)..]));
    }
}
