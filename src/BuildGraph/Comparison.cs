using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Tells two manifests of a stage apart, old → new.</summary>
internal sealed class Comparison(TreeStore trees)
{
    /// <summary>Files named per changed folder.</summary>
    private const int FilesShown = 100;

    /// <summary>Changed properties and inputs. Inputs that are not known yet are left out.</summary>
    public IReadOnlyList<Change> TopLevel(Stage stage, IReadOnlyList<InputContent> inputs, ActionRecord? last)
    {
        if (last is null)
            return [];
        var old = last.Manifest.ToDictionary(entry => entry.What);
        var current = StageManifest.Explain(stage, inputs).ToDictionary(entry => entry.What);
        var unknown = stage.Inputs.Select(input => "input." + input.Name).Where(what => !current.ContainsKey(what))
            .ToHashSet();
        return
        [
            .. old.Keys.Union(current.Keys)
                .Where(what => !unknown.Contains(what) && Differ(what, old, current) && !(ManifestText.IsListed(what, old) && ManifestText.IsListed(what, current)))
                .Select(what => Told(what, old, current)),
        ];
    }

    private static Change Told(string what, Dictionary<string, ManifestEntry> old, Dictionary<string, ManifestEntry> current)
    {
        var (before, after) = (ManifestText.Of(what, old), ManifestText.Of(what, current));
        return before != after ? new(what, before, after) : new(what, old[what].Value, current[what].Value);
    }

    /// <summary>A list that is told by its values differs with them.</summary>
    private static bool Differ(string what, Dictionary<string, ManifestEntry> old, Dictionary<string, ManifestEntry> current) =>
        Differ(old.GetValueOrDefault(what), current.GetValueOrDefault(what))
        || (ManifestText.IsList(what, old) && ManifestText.IsList(what, current) && ManifestText.Of(what, old) != ManifestText.Of(what, current));

    /// <summary>The same, with the files of changed folders.</summary>
    public IReadOnlyList<Change> InFull(Decision decision, ActionRecord? last) =>
        [.. TopLevel(decision.Stage, decision.Inputs, last).SelectMany(change => FilesOf(change, decision).Prepend(change))];

    /// <summary>A default that was not there before, or is not there any more, changes nothing.</summary>
    private static bool Differ(ManifestEntry? old, ManifestEntry? current) =>
        old?.Value != current?.Value && !(old is null && current!.IsDefault) && !(current is null && old!.IsDefault);

    private IEnumerable<Change> FilesOf(Change change, Decision decision)
    {
        if (InputContent.FolderHash(change.Old) is not { } old || InputContent.FolderHash(change.New) is not { } current)
            return [];
        var tree = decision.Inputs.First(input => "input." + input.Name == change.What).Tree ?? trees.Find(current);
        return trees.Find(old) is { } before && tree is not null ? FilesOf(change.What, before, tree) : [];
    }

    private static IReadOnlyList<Change> FilesOf(string what, FileTree old, FileTree current)
    {
        var before = old.Files.ToDictionary(file => file.Path, file => file.Hash.Short);
        var after = current.Files.ToDictionary(file => file.Path, file => file.Hash.Short);
        var changes = before.Keys.Union(after.Keys)
            .Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal)
            .Select(path => new Change($"{what}/{path}", before.GetValueOrDefault(path), after.GetValueOrDefault(path)))
            .ToArray();
        return changes.Length <= FilesShown
            ? changes
            : [.. changes[..FilesShown], new Change($"{what}/…", null, $"{changes.Length - FilesShown} more files")];
    }
}
