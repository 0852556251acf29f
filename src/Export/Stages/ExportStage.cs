using Tmrvc.BuildGraph;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>The networks of a student as ONNX files that ONNX Runtime has taken.</summary>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it.</param>
/// <param name="statistics">Of the mel that the student was trained on.</param>
public sealed class ExportStage(StageId id, ExportSettings settings, StageInput.Output student, StageInput.Output statistics) : ActionStage(id)
{
    public override string Description => "The student as ONNX files";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs => [student, statistics];

    public override IReadOnlyList<string> Outputs => [ModelFolder.Fp32];

    public override object Settings => settings;

    public override bool HandsOnInputs => false;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        using var networks = StudentNetworks.Load(run.Input(student.Name));
        var models = ExportedStudent.Of(networks, MelStatistics.Read(run.Input(statistics.Name)), settings.HighQuality);
        cancellation.ThrowIfCancellationRequested();
        ExportedFolder.Write(run.Output(ModelFolder.Fp32), models, WeightPrecision.Float32);
        return Task.CompletedTask;
    }
}
