using Tmrvc.ArtifactStore;
using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>Which entries of archives become files, and how far an archive may expand.</summary>
public sealed record ExtractSettings : IValidated
{
    /// <summary>Patterns over entry paths, such as <c>**/RIR/*.wav</c>; an entry that matches one is taken.</summary>
    public IReadOnlyList<string> Include { get; init; } = ["**"];

    /// <summary>An entry that matches one is left out. Files whose names begin with <c>._</c> always are.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>An archive that expands by more is refused, once it has passed 64 MiB.</summary>
    [RuntimeOnly]
    public double LargestRatio { get; init; } = 100;

    /// <summary>All archives together may unpack to so much.</summary>
    [RuntimeOnly]
    public double LargestGibibytes { get; init; } = 1024;

    /// <summary>All archives together may hold so many entries.</summary>
    [RuntimeOnly]
    public int MostEntries { get; init; } = 5_000_000;

    /// <summary>Threads; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    public int Workers { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Include.Count == 0)
            yield return ("include", "is empty, one pattern or more is needed");
        foreach (var (property, pattern) in Include.Select(p => ("include", p)).Concat(Exclude.Select(p => ("exclude", p))))
            if (!IsPattern(pattern))
                yield return (property, $"found '{pattern}', a relative pattern such as **/*.wav is allowed");
        if (LargestRatio is not (>= 1 and <= 1e6))
            yield return ("largest_ratio", $"found {LargestRatio}, 1 to 1000000 are allowed");
        if (LargestGibibytes is not (> 0 and <= 1e6))
            yield return ("largest_gibibytes", $"found {LargestGibibytes}, above 0 to 1000000 are allowed");
        if (MostEntries < 1)
            yield return ("most_entries", $"found {MostEntries}, 1 and above are allowed");
        if (Workers is < 0 or > 1024)
            yield return ("workers", $"found {Workers}, 0 (as many as there are cores) to 1024 are allowed");
    }

    private static bool IsPattern(string text)
    {
        try
        {
            return new Glob(text).Pattern.Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
