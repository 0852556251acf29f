using Tmrvc.BuildGraph;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The exported networks that run while somebody speaks, with int8 weights.</summary>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it: its architecture alone is read.</param>
/// <param name="exported">What an <see cref="ExportStage"/> left.</param>
public sealed class QuantiseStage(StageId id, StageInput.Output student, StageInput.Output exported) : ActionStage(id)
{
    public override string Description => "The student's ONNX files in int8";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [student, exported];

    public override IReadOnlyList<string> Outputs => [ModelFolders.Int8];

    public override bool HandsOnInputs => false;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var contracts = new StudentContracts(StudentNetworks.ArchitectureOf(run.Input(student.Name)));
        var models = ModelFolders.ReadNetworks(run.Input(exported.Name), contracts);
        ModelFolders.Write(run.Output(ModelFolders.Int8), [.. QuantisedStudent.Of(models)], quantised: true);
        return Task.CompletedTask;
    }
}
