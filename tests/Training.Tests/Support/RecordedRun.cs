using Tmrvc.BuildGraph;

namespace Tmrvc.Training.Tests.Support;

/// <summary>A run in a folder of its own that remembers what it was told.</summary>
public sealed class RecordedRun(string folder, IReadOnlyDictionary<string, string>? inputs = null) : TrainingRun, IProgress<StageProgress>
{
    public List<string> Lines { get; } = [];

    public Dictionary<string, double> Metrics { get; } = [];

    public List<StageProgress> Reports { get; } = [];

    /// <summary>Told of the steps done, each time progress is reported.</summary>
    public Action<long>? Reported { get; init; }

    /// <summary>Null for a process that is alone.</summary>
    public RankPlace? At { get; init; }

    public override RankPlace? Place => At;

    public override StageId Stage => "Phase0";

    public override string Checkpoints => Path.Combine(folder, "checkpoints");

    public override string Events => Path.Combine(folder, "events");

    public override string Scratch => Folder("scratch");

    public override IProgress<StageProgress> Progress => this;

    public override string Input(string name) => inputs is not null && inputs.TryGetValue(name, out var path)
        ? path
        : throw new ArgumentException($"No input '{name}'.", nameof(name));

    public override string Output(string name) => Path.Combine(Folder("outputs"), name);

    public override void Metric(string name, double value) => Metrics[name] = value;

    public override void Log(string message) => Lines.Add(message);

    public void Report(StageProgress value)
    {
        Reports.Add(value);
        Reported?.Invoke(value.Done);
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
