using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting.Tests.Support;

/// <summary>A stage's run over plain folders, without an engine.</summary>
internal sealed class FolderRun(Stage stage, string folder, IReadOnlyDictionary<string, string> inputs) : StageRun
{
    public override StageId Stage => stage.Id;

    public override string Scratch => Directory.CreateDirectory(Path.Combine(folder, "scratch")).FullName;

    public override IProgress<StageProgress> Progress { get; } = new Progress<StageProgress>();

    public override string Input(string name) =>
        inputs.TryGetValue(name, out var path) ? path : throw new ArgumentException($"{stage.Id}: declares no input '{name}'.");

    public override string Output(string name) =>
        stage.Outputs.Contains(name) ? Path.Combine(folder, name) : throw new ArgumentException($"{stage.Id}: declares no output '{name}'.");

    public override void Metric(string name, double value) { }

    public override void Log(string message) { }
}
