using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>The networks of a student as ONNX files that ONNX Runtime has taken.</summary>
/// <param name="constants">Whose contract the files must keep; the widths of networks are the student's own.</param>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it.</param>
/// <param name="statistics">Of the mel that the student was trained on.</param>
public sealed class ExportStage(
    StageId id, ExportSettings settings, Constants constants, StageInput.Output student, StageInput.Output statistics) : ActionStage(id)
{
    private readonly StudentContracts _contracts = StudentContracts.From(constants);

    public override string Description => "The student as ONNX files";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs => [TorchLibrary.Tool, student, statistics];

    public override IReadOnlyList<string> Outputs => [ModelFolder.Fp32];

    public override object Settings => new ExportStageSettings(settings, [.. _contracts.All.Select(contract => contract.ToString())]);

    public override bool HandsOnInputs => false;

    /// <exception cref="InvalidDataException">The networks differ from each other, from the statistics, or from the contract.</exception>
    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        using var networks = StudentNetworks.Load(run.Input(student.Name));
        var mel = MelStatistics.Read(run.Input(statistics.Name));
        foreach (var file in StudentNetworks.Files) mel.RequireThoseOf(Path.Combine(run.Input(student.Name), file));
        var models = ExportedStudent.Of(networks, mel, settings.HighQuality);
        cancellation.ThrowIfCancellationRequested();
        ExportedFolder.Write(run.Output(ModelFolder.Fp32), models, _contracts, WeightPrecision.Float32);
        return Task.CompletedTask;
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
/// <param name="Contract">One line for each file.</param>
public sealed record ExportStageSettings(ExportSettings Export, IReadOnlyList<string> Contract);
