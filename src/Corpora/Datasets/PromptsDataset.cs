using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>The section <c>prompts</c> of configs/datasets.yaml: the embedded corpus.</summary>
public sealed record PromptsDataset : Dataset
{
    public FetchPromptsSettings Fetch { get; init; } = new();

    public override IReadOnlyList<Stage> Fetching(DatasetPlace place) =>
        [new FetchPromptsStage(place.Stage("Fetch"), Fetch, place.RawFolder, place.Clock)];

    public override StageInput Recordings(DatasetPlace place, string name) =>
        new StageInput.Output(name, place.Stage("Fetch"), FetchPromptsStage.Corpus);
}
