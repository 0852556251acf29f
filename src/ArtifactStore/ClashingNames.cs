using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Finds names that cannot stand side by side on every file system: the same but for case, or a file where another path has a folder.
/// Takes paths in the order of their bytes, in which a folder's content is together; so only the folders above are remembered.
/// </summary>
internal sealed class ClashingNames
{
    private readonly Stack<Level> _levels = new([new Level("")]);

    /// <returns>False when the path clashes with an earlier one.</returns>
    public bool TryAdd(string path)
    {
        while (!path.StartsWith(_levels.Peek().Prefix, StringComparison.Ordinal))
            _levels.Pop();
        var start = _levels.Peek().Prefix.Length;
        for (var slash = path.IndexOf('/', start); slash >= 0; start = slash + 1, slash = path.IndexOf('/', start))
        {
            if (!_levels.Peek().Names.Add(Folded(path.AsSpan(start, slash - start))))
                return false;
            _levels.Push(new Level(path[..(slash + 1)]));
        }
        return _levels.Peek().Names.Add(Folded(path.AsSpan(start)));
    }

    /// <summary>A number per name, not the name: a folder may hold a million. Two names that share one by chance are refused for nothing.</summary>
    private static ulong Folded(ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[name.Length];
        name.ToUpperInvariant(folded);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(folded));
    }

    private sealed record Level(string Prefix)
    {
        public HashSet<ulong> Names { get; } = [];
    }
}
