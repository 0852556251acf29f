using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Finds the results that damage in the store concerns, and the names of the damaged files.</summary>
internal sealed class DamagedResults(IReadOnlyList<Damage> damages, TreeStore trees)
{
    private readonly HashSet<ContentHash> _content =
        [.. damages.Where(damage => damage is Damage.Object or Damage.Tree).Select(damage => damage.Hash)];

    private readonly HashSet<ContentHash> _entries = [.. damages.OfType<Damage.Entry>().Select(damage => damage.Hash)];

    public bool Concerns(ActionRecord record) => WasInPlace(record) || Contents(record).Any(file => _content.Contains(file.Hash));

    /// <summary>Whether its damaged outputs stood where stages read them.</summary>
    public bool WasInPlace(ActionRecord record) => _entries.Contains(new EntrySet(record.Outputs).Hash);

    /// <summary>One line: what is damaged, and of which stage's outputs it is part.</summary>
    public string Describe(Damage damage, IEnumerable<ActionRecord> records)
    {
        var owners = records.SelectMany(record => Names(damage, record).Select(name => $"{record.Stage}: {name}")).Distinct().Take(4).ToArray();
        var whose = owners.Length == 0 ? "nothing recorded needs it" : string.Join(", ", owners[..Math.Min(3, owners.Length)]) + (owners.Length > 3 ? ", …" : "");
        return $"{damage.Path}: damaged and dropped, its content hashes to {damage.Found.Short} ({whose})";
    }

    private IEnumerable<string> Names(Damage damage, ActionRecord record) => damage switch
    {
        Damage.Entry entry when entry.Hash == new EntrySet(record.Outputs).Hash => Differing(entry, record),
        Damage.Entry => [],
        _ => Contents(record).Where(file => file.Hash == damage.Hash).Select(file => file.Path),
    };

    private IEnumerable<string> Differing(Damage.Entry entry, ActionRecord record)
    {
        var found = entry.Files.ToDictionary(file => file.Path, file => file.Hash);
        return Contents(record).Where(file => !file.IsFolder && found.GetValueOrDefault(file.Path) != file.Hash).Select(file => file.Path);
    }

    private readonly record struct Content(string Path, ContentHash Hash, bool IsFolder);

    /// <summary>Files, folders, and files of folders whose tree is at hand.</summary>
    private IEnumerable<Content> Contents(ActionRecord record) => record.Outputs.SelectMany(output => output.Kind == EntryKind.File
        ? [new Content(output.Name, output.Hash, false)]
        : (trees.Find(output.Hash)?.Files ?? []).Select(file => new Content($"{output.Name}/{file.Path}", file.Hash, false))
            .Prepend(new Content(output.Name, output.Hash, true)));
}
