using Tmrvc.ArtifactStore;
using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build.Caches;

/// <summary>Which shared stores a request chooses: by <c>--cache</c>, else by TMRVC_CACHE, else none.</summary>
internal static class CacheChoice
{
    public const string Variable = "TMRVC_CACHE";

    private const string None = "off";

    /// <param name="variable">Value of an environment variable; null when it is not set.</param>
    /// <returns>The one to write to first.</returns>
    /// <exception cref="UsageException">Lists everything wrong, without secrets.</exception>
    public static IReadOnlyList<CacheAddress> Of(Request request, Func<string, string?> variable)
    {
        var (written, source) = request.Caches is { } given
            ? (given, "--cache=")
            : (Words(variable(Variable)), $"{Variable}: ");
        if (written is [None] or [])
            return [];
        var (addresses, mistakes) = (new List<CacheAddress>(), new List<string>());
        foreach (var where in written)
            Take(where, source, new CacheAddressParser(variable), addresses, mistakes);
        return mistakes.Count == 0 ? addresses : throw new UsageException(mistakes);
    }

    private static IReadOnlyList<string> Words(string? text) =>
        text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static void Take(
        string where, string source, CacheAddressParser parser, List<CacheAddress> addresses, List<string> mistakes)
    {
        var subject = $"{source}{CacheAddressParser.Shown(where)}";
        try
        {
            var address = where == None ? throw new FormatException("stands alone, without other caches") : parser.Parse(where);
            if (addresses.Any(other => other.Name == address.Name))
                mistakes.Add($"{subject}: given more than once");
            addresses.Add(address);
        }
        catch (FormatException fault)
        {
            mistakes.Add($"{subject}: {fault.Message}");
        }
    }
}
