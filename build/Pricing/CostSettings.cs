using System.Globalization;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Pricing;

/// <summary>configs/costs.yaml. None of it enters a key.</summary>
public sealed record CostSettings : IValidated
{
    private const string Own = "own";

    public IReadOnlyDictionary<string, MachineCost> Machines { get; init; } = new Dictionary<string, MachineCost> { [Own] = new() { Name = "own machine" } };

    /// <summary>One of <see cref="Machines"/>: where stages without a GPU run.</summary>
    public string Cpu { get; init; } = Own;

    /// <summary>One of <see cref="Machines"/>: where stages on a GPU run.</summary>
    public string Gpu { get; init; } = Own;

    /// <summary>What stages are expected to take, by profile and stage.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, StageCost>> Profiles { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, StageCost>>();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, machine) in Machines.Where(machine => !(machine.Value.Rate >= 0 && double.IsFinite(machine.Value.Rate))))
            yield return ($"machines.{name}.rate", Found(machine.Rate, "0 or more"));
        foreach (var (property, name) in new[] { ("cpu", Cpu), ("gpu", Gpu) }.Concat(Named()).Where(use => !Machines.ContainsKey(use.Item2)))
            yield return (property, $"unknown machine '{name}'; {ClosestName.Advice(name, [.. Machines.Keys])}");
        foreach (var (property, cost) in Rows().Where(row => !row.Cost.IsSound))
            yield return ($"{property}.hours", $"found [{string.Join(", ", cost.Hours.Select(Text))}], two numbers from 0, the smaller first, are allowed");
        foreach (var mistake in CostNames.Mistakes(Profiles))
            yield return mistake;
    }

    private IEnumerable<(string Property, string Machine)> Named() =>
        from row in Rows() where row.Cost.Machine is not null select ($"{row.Property}.machine", row.Cost.Machine);

    private IEnumerable<(string Property, StageCost Cost)> Rows() =>
        from profile in Profiles from row in profile.Value select ($"profiles.{profile.Key}.{row.Key}", row.Value);

    private static string Found(double value, string allowed) => $"found {Text(value)}, {allowed} is allowed";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

public sealed record MachineCost
{
    /// <summary>For people.</summary>
    public string Name { get; init; } = "";

    /// <summary>US dollars per hour.</summary>
    public double Rate { get; init; }
}

public sealed record StageCost
{
    /// <summary>One of <see cref="CostSettings.Machines"/>; null for that of its resources.</summary>
    public string? Machine { get; init; }

    /// <summary>Wall clock, from and to.</summary>
    public IReadOnlyList<double> Hours { get; init; } = [];

    internal bool IsSound => Hours is [>= 0 and var low, var high] && high >= low && double.IsFinite(high);
}
