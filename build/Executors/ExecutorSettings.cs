using Tmrvc.Configuration;
using Tmrvc.Slurm;

namespace Tmrvc.Build.Executors;

/// <summary>configs/executors.yaml: what <c>--executor</c> needs to know. None of it reaches a key.</summary>
public sealed record ExecutorSettings
{
    [RuntimeOnly]
    public SlurmSettings Slurm { get; init; } = new();
}
