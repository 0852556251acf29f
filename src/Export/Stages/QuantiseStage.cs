using Tmrvc.BuildGraph;
using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The exported networks that run while somebody speaks, with int8 weights.</summary>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it: its architecture alone is read.</param>
/// <param name="exported">What an <see cref="ExportStage"/> left.</param>
public sealed class QuantiseStage(StageId id, StageInput.Output student, StageInput.Output exported) : ActionStage(id)
{
    public override string Description => "The student's ONNX files in int8";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs => [student, exported];

    public override IReadOnlyList<string> Outputs => [ModelFolder.Int8];

    public override bool HandsOnInputs => false;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var contracts = StudentNetworks.ArchitectureOf(run.Input(student.Name)).Contracts();
        var models = ExportedFolder.ReadNetworks(run.Input(exported.Name), contracts);
        ExportedFolder.Write(run.Output(ModelFolder.Int8), [.. QuantisedStudent.Of(models)], contracts, WeightPrecision.Int8);
        return Task.CompletedTask;
    }
}
