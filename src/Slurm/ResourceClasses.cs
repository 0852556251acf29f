using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>What kinds of machine a stage may ask for, by what it says it occupies.</summary>
public static class ResourceClasses
{
    /// <summary>Seconds of one core.</summary>
    public const string Light = "light";

    /// <summary>Reaches the Internet, which the nodes of many clusters cannot.</summary>
    public const string Network = "network";

    public const string Cpu = "cpu";

    public const string Gpu = "gpu";

    public static readonly IReadOnlyList<string> All = [Light, Network, Cpu, Gpu];

    public static string Of(Stage stage) => stage switch
    {
        { Resources.NetworkSlots: > 0 } => Network,
        { Resources.Gpus: > 0 } => Gpu,
        TrainingStage or { Resources.Cores: > 1 } => Cpu,
        _ => Light,
    };
}
