using Tmrvc.Configuration;

namespace Tmrvc.Build;

/// <summary>Everything that configs/ can say, section by section; each section is owned by the project that reads it.</summary>
public sealed record PipelineConfiguration
{
    /// <summary>configs/constants.yaml.</summary>
    public required Constants Constants { get; init; }
}
