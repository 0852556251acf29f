using Tmrvc.ArtifactStore;

namespace Tmrvc.Corpora;

/// <summary>Which entries are asked for.</summary>
internal sealed class EntrySelection(ExtractSettings settings)
{
    private readonly Glob[] _include = [.. settings.Include.Select(pattern => new Glob(pattern))];
    private readonly Glob[] _exclude = [.. settings.Exclude.Select(pattern => new Glob(pattern))];

    internal bool Takes(string path) =>
        !EntryPath.IsSystemDebris(path) && Array.Exists(_include, glob => glob.Matches(path)) && !Array.Exists(_exclude, glob => glob.Matches(path));
}
