using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Gathers the content that some results need.</summary>
internal sealed class KeptResults(TreeStore trees)
{
    private readonly HashSet<ContentHash> _sets = [], _trees = [], _objects = [], _itemCaches = [];

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    public KeptContent Content => new(_sets, _trees, _objects);

    /// <summary>What the folders of per-item results may be called.</summary>
    public IReadOnlySet<ContentHash> ItemCaches => _itemCaches;

    public void Add(ActionRecord record)
    {
        var set = new EntrySet(record.Outputs);
        (Count, Bytes) = (Count + 1, Bytes + set.Bytes);
        _sets.Add(set.Hash);
        foreach (var entry in set.Entries)
            Add(entry);
        _trees.UnionWith(record.Manifest.Select(entry => InputContent.FolderHash(entry.Value)).OfType<ContentHash>());
        _itemCaches.UnionWith(StageManifest.ItemsKeys(record.Manifest));
    }

    private void Add(StoredEntry entry)
    {
        if (entry.Kind == EntryKind.File)
            _objects.Add(entry.Hash);
        else if (_trees.Add(entry.Hash) && trees.Find(entry.Hash) is { } tree)
            _objects.UnionWith(tree.Files.Select(file => file.Hash));
    }
}
