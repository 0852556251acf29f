using System.Globalization;
using Tmrvc.BuildGraph;
using Tmrvc.Contract;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>The exported networks compute what those do that they were made from: on nothing, on noise, and on speech.</summary>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it.</param>
/// <param name="exported">What an <see cref="ExportStage"/> left.</param>
/// <param name="features">Stages whose output is a folder of feature shards.</param>
public sealed class ParityGate(
    StageId id, ParitySettings settings, StageInput.Output student, StageInput.Output statistics, StageInput.Output exported,
    params IReadOnlyList<StageInput.Output> features) : GateStage(id)
{
    /// <summary>Of libtorch, wherever it runs: how many there are decides how sums are rounded.</summary>
    private const int Threads = 2;

    public override string Description => "Compares the ONNX files with the student";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs => [TorchLibrary.Tool, ExportLibraries.OnnxRuntime, student, statistics, exported, .. features];

    public override object Settings => settings;

    public override StageResources Resources => new() { Cores = Threads };

    public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation)
    {
        DeviceChoice.Cpu.Prepare(Threads);
        using var networks = StudentNetworks.Load(run.Input(student.Name));
        using var shards = FeatureShards.Open([.. features.Select(folder => run.Input(folder.Name))]);
        var contracts = networks.Architecture.Contracts();
        using var tested = new OnnxSteps(contracts, ExportedFolder.Read(run.Input(exported.Name), contracts, WeightPrecision.Float32));
        var references = new StudentSteps(contracts, MelStatistics.Read(run.Input(statistics.Name))).Of(networks);
        var figures = new StudentParity(contracts, references).Compare(tested, GateSpeech.Of(shards, contracts, settings.Frames));
        return Task.FromResult(new GateVerdict([.. figures.Select(Check)]));
    }

    private GateCheck Check(ParityFigure figure) => new(
        $"{figure.Model}, {figure.Case}, {figure.Output}: largest |Δ|", figure.Deviation.Largest.ToString("0.0e-0", CultureInfo.InvariantCulture),
        "≤ " + settings.Largest.ToString("0.0e-0", CultureInfo.InvariantCulture), figure.Deviation.Largest <= settings.Largest);
}
