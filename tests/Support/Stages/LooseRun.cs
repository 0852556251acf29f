using Tmrvc.BuildGraph;

namespace Tmrvc.Support;

/// <summary>Runs one stage by itself, in a temporary folder: no keys, no store, no other stages.</summary>
public sealed class LooseRun(
    StageId stage, IReadOnlyDictionary<string, string> inputs) : CombineRun, IProgress<StageProgress>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stage");
    private readonly List<string> _lines = [];

    public Dictionary<string, double> Metrics { get; } = [];

    public IReadOnlyList<string> Lines => _lines;

    public override StageId Stage => stage;

    public override string Scratch => _folder.CreateSubdirectory("scratch").FullName;

    public override IProgress<StageProgress> Progress => this;

    public override string Input(string name) =>
        inputs.TryGetValue(name, out var path) ? path : throw new ArgumentException(
            $"Stage {stage}: no input '{name}'.", nameof(name));

    public override string Output(string name) => Path.Combine(_folder.CreateSubdirectory("outputs").FullName, name);

    public override void Metric(string name, double value)
    {
        lock (Metrics)
            Metrics[name] = value;
    }

    public override void Log(string message)
    {
        lock (_lines)
            _lines.Add(message);
    }

    public void Report(StageProgress value) => Log($"{value.Done}/{value.Total} {value.Unit} {value.Detail}");

    /// <summary>Runs every item, then combines; results come back in the order of their ids, as in a build.</summary>
    public async Task<IReadOnlyList<ItemResult>> RunAsync(PerItemStage stage, CancellationToken cancellation = default)
    {
        var root = Input(stage.Items);
        var ids = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Where(stage.IsItem).Order(StringComparer.Ordinal)
                .ToList();
        var results = new ItemResult[ids.Count];
        stage.Prepare(this, ids, combined: 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = stage.Workers, CancellationToken = cancellation };
        await Parallel.ForAsync(
            0, ids.Count, options, async (i, token) => results[i] = await ProcessAsync(stage, root, ids[i], i, token));
        await stage.CombineAsync(this, results, cancellation);
        return results;
    }

    private async Task<ItemResult> ProcessAsync(
        PerItemStage stage, string root, string id, int number, CancellationToken cancellation)
    {
        var folder = _folder.CreateSubdirectory($"items/{number}").FullName;
        try
        {
            var item = new ItemRun(id, Path.Combine(root, id), folder, this);
            await stage.ProcessAsync(item, cancellation);
            return Accepted(id, folder) with { Note = item.Note };
        }
        catch (ItemRejectedException e)
        {
            return new ItemResult(id, [], e.Message);
        }
    }

    public override void Place(ItemFile file, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(file.Path, path);
    }

    public override ItemResult Group(string name, IReadOnlyList<ItemResult> members, Action<string> work)
    {
        var folder = _folder.CreateSubdirectory($"groups/{name}").FullName;
        work(folder);
        return Accepted(name, folder);
    }

    private static ItemResult Accepted(string id, string folder) => new(
        id, [.. new DirectoryInfo(folder).EnumerateFiles().Select(file => new ItemFile(file.Name, file.FullName, file.Length))], null);

    public void Dispose() => _folder.Delete(recursive: true);
}
