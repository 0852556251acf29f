using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>A stage's view of the world while it runs, over its run folder.</summary>
internal sealed class ActiveRun : TrainingRun, IDisposable
{
    private const string Work = "work";

    private readonly string _folder;
    private readonly Dictionary<string, string> _inputs;
    private readonly HashSet<string> _outputs;
    private readonly ObserverTurn _turn;
    private readonly LockFiles _locks;
    private readonly StreamWriter _log;
    private readonly ConcurrentDictionary<string, double> _metrics = new();

    /// <param name="folder">
    /// The run folder. What others left in its work folder is deleted: who lost the lease without knowing it, on a machine that was
    /// given up, then finds nothing of its own to publish.
    /// </param>
    public ActiveRun(Stage stage, IEnumerable<InputContent> inputs, string folder, ObserverTurn turn, LockFiles locks)
    {
        Stage = stage.Id;
        _folder = folder;
        _inputs = inputs.Where(input => input.Path is not null).ToDictionary(input => input.Name, input => input.Path!);
        _outputs = [.. stage.Outputs];
        _turn = turn;
        _locks = locks;
        Folders.Delete(Path.Combine(folder, Work));
        WorkFolder = Path.Combine(folder, Work, $"{Environment.MachineName}-{Environment.ProcessId}");
        OutputFolder = Folders.Create(WorkFolder, "output");
        Scratch = Folders.Create(WorkFolder, "scratch");
        ItemsFolder = Folders.Create(WorkFolder, "items");
        Checkpoints = stage is TrainingStage ? Folders.Create(folder, RunFolders.Checkpoints) : "";
        _log = new StreamWriter(StageLog.In(folder), append: true) { AutoFlush = true };
        Progress = new Reporter(this);
    }

    public override StageId Stage { get; }

    /// <summary>As <see cref="EngineOptions.Redact"/>.</summary>
    public Func<string, string> Redact { get; init; } = text => text;

    public string WorkFolder { get; }

    public string LogFile => StageLog.In(_folder);

    public string OutputFolder { get; }

    public string ItemsFolder { get; }

    /// <summary>Content of output files that were linked from results, by absolute path.</summary>
    public ConcurrentDictionary<string, KnownFile> Placed { get; } = new();

    public override string Scratch { get; }

    public override string Checkpoints { get; }

    public override string Unfinished => Folders.Create(_folder, RunFolders.Unfinished);

    public required string EventFolder { get; init; }

    public override string Events => EventFolder;

    public override IProgress<StageProgress> Progress { get; }

    public IReadOnlyDictionary<string, double> Metrics => new SortedDictionary<string, double>(_metrics, StringComparer.Ordinal);

    public override string Input(string name) => _inputs.TryGetValue(name, out var path)
        ? path
        : throw new ArgumentException($"input '{name}' was asked for; declared are {Listed(_inputs.Keys)}.", nameof(name));

    public override string Output(string name) => _outputs.Contains(name)
        ? Path.Combine(OutputFolder, name)
        : throw new ArgumentException($"output '{name}' was asked for; declared are {Listed(_outputs)}.", nameof(name));

    /// <summary>The same run for other processes.</summary>
    /// <param name="rendezvous">A file that is not there yet.</param>
    public RankOrder Order(string rendezvous) => new(Stage.Value, _inputs, OutputFolder, Checkpoints, Events, Scratch, Unfinished, rendezvous);

    public override PinnedOutput? Pinned(string output) =>
        _locks.Find(Stage)?.Outputs.TryGetValue(output, out var hash) == true ? new PinnedOutput(hash, _locks.PathOf(Stage)) : null;

    public override void Metric(string name, double value) => _metrics[name] = value;

    public override void Log(string message) => _turn.Log(Stage, Note(message));

    /// <summary>Writes a line into the log that is not shown while the stage runs.</summary>
    /// <returns>The line, as it may be shown.</returns>
    public string Note(string message)
    {
        var line = Redact(message);
        lock (_log)
            _log.WriteLine(line);
        return line;
    }

    /// <summary>Removes the private folder; the log and the checkpoints stay.</summary>
    public void Dispose()
    {
        _log.Dispose();
        Folders.Delete(WorkFolder);
    }

    private static string Listed(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));

    private sealed class Reporter(ActiveRun run) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => run._turn.Observe(observer => observer.Progressed(run.Stage, value));
    }
}
