using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Pricing;

/// <summary>The prices of one profile.</summary>
internal sealed class PriceList(CostSettings costs, string profile)
{
    private readonly IReadOnlyDictionary<string, StageCost>? _rows = costs.Profiles.GetValueOrDefault(profile);

    public StagePrice Of(Stage stage)
    {
        var row = _rows?.GetValueOrDefault(stage.Id.Value);
        var machine = costs.Machines[row?.Machine ?? (stage.Resources.Gpus > 0 ? costs.Gpu : costs.Cpu)];
        return new StagePrice(machine.Name, machine.Rate, row is null ? StagePrice.Of(stage).Hours : new Estimate(row.Hours[0], row.Hours[1]));
    }
}
