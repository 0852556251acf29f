using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>A per-item stage's run when its items are done: results of groups come from the same cache as those of items.</summary>
internal sealed class Combination(
    ActiveRun run, ItemCache cache, ObjectStore objects, ContentHash common, bool forced) : CombineRun
{
    private readonly ConcurrentDictionary<string, bool> _folders = new();
    private int _grouped;

    public override StageId Stage => run.Stage;

    public override string Scratch => run.Scratch;

    public override IProgress<StageProgress> Progress => run.Progress;

    /// <summary>Groups whose work was done.</summary>
    public int Grouped => _grouped;

    public override string Input(string name) => run.Input(name);

    public override string Output(string name) => run.Output(name);

    public override void Metric(string name, double value) => run.Metric(name, value);

    public override void Log(string message) => run.Log(message);

    public override void Place(ItemFile file, string path)
    {
        var full = Path.GetFullPath(path);
        _folders.GetOrAdd(Path.GetDirectoryName(full)!, folder => Directory.CreateDirectory(folder).Exists);
        objects.Add(file.Path, file.Hash, file.Size);
        if (!HardLink.TryCreate(file.Path, full))
            throw new InvalidOperationException($"'{path}' is placed twice.");
        run.Placed[full] = new KnownFile(file.Hash, file.Size);
    }

    public override ItemResult Group(string name, IReadOnlyList<ItemResult> members, Action<string> work)
    {
        var key = StageManifest.GroupKey(common, name, [.. members.Select(member => member.Key)]);
        if (!forced && cache.Find(key, name) is { } known)
            return known;
        var folder = Folders.Create(run.ItemsFolder, key.ToString());
        work(folder);
        Interlocked.Increment(ref _grouped);
        return cache.Accept(key, name, folder, note: null);
    }
}
