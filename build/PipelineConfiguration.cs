using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Build;

/// <summary>Everything that configs/ can say, section by section; each section is owned by the project that reads it.</summary>
public sealed record PipelineConfiguration
{
    /// <summary>configs/constants.yaml.</summary>
    public required Constants Constants { get; init; }

    /// <summary>The embedded corpus: configs/datasets.yaml.</summary>
    public PromptsDataset Prompts { get; init; } = new();

    /// <summary>The user's own recordings; null without them.</summary>
    public FolderDataset? Folder { get; init; }

    public FeaturesSettings Features { get; init; } = new();
}
