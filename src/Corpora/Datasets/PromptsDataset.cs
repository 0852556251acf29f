namespace Tmrvc.Corpora;

/// <summary>The section <c>prompts</c> of configs/datasets.yaml.</summary>
public sealed record PromptsDataset
{
    public FetchPromptsSettings Fetch { get; init; } = new();

    public PreprocessSettings Preprocess { get; init; } = new();
}
