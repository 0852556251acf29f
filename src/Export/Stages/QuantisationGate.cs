using System.Globalization;
using Tmrvc.BuildGraph;
using Tmrvc.Contract;
using Tmrvc.Features;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The chain of the int8 networks, run as a stream, says nearly what that in float32 does.</summary>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it: its architecture alone is read.</param>
/// <param name="exported">What an <see cref="ExportStage"/> left.</param>
/// <param name="quantised">What a <see cref="QuantiseStage"/> left.</param>
/// <param name="features">Stages whose output is a folder of feature shards.</param>
public sealed class QuantisationGate(
    StageId id, QuantisationSettings settings, StageInput.Output student, StageInput.Output exported, StageInput.Output quantised,
    params IReadOnlyList<StageInput.Output> features) : GateStage(id)
{
    public override string Description => "Compares the int8 files with those in float32";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs => [ExportLibraries.OnnxRuntime, student, exported, quantised, .. features];

    public override object Settings => settings;

    public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation)
    {
        var contracts = StudentNetworks.ArchitectureOf(run.Input(student.Name)).Contracts();
        using var shards = FeatureShards.Open([.. features.Select(folder => run.Input(folder.Name))]);
        using var references = new OnnxSteps(contracts, ExportedFolder.Read(run.Input(exported.Name), contracts, WeightPrecision.Float32));
        using var tested = new OnnxSteps(contracts, ExportedFolder.Read(run.Input(quantised.Name), contracts, WeightPrecision.Int8));
        var figures = ChainComparison.Of(contracts, GateSpeech.Of(shards, contracts, settings.Frames), references, tested);
        return Task.FromResult(new GateVerdict([.. figures.SelectMany(Checks)]));
    }

    private IEnumerable<GateCheck> Checks(ChainFigure figure)
    {
        var (name, judged) = ($"{figure.Model}, {figure.Output}", figure.Output == "pred_features");
        yield return Check($"{name}: mean |Δ|", figure.Mean, judged ? settings.Mean : null);
        yield return Check($"{name}: largest |Δ|{(judged ? ", designed for 0.01" : "")}", figure.Largest, judged ? settings.Largest : null);
        yield return Check($"{name}: share", figure.Share, figure.Output == ChainComparison.Spectrum ? settings.SpectrumShare : settings.Share);
    }

    private static GateCheck Check(string name, double found, double? bar) => new(
        name, found.ToString("0.00000", CultureInfo.InvariantCulture),
        bar is { } allowed ? "≤ " + allowed.ToString("0.00000", CultureInfo.InvariantCulture) : "a number", bar is { } most ? found <= most : double.IsFinite(found));
}
