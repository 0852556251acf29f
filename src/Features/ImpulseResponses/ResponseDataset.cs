using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>A corpus of measured impulse responses: where it comes from and what is done to it.</summary>
public sealed record ResponseDataset
{
    public DownloadSettings Fetch { get; init; } = new();

    public ExtractSettings Extract { get; init; } = new();

    public ResponseCorpusSettings Responses { get; init; } = new();

    internal IEnumerable<Stage> Stages(DatasetPlace place, int sampleRate, Subbands bands) =>
    [
        new DownloadStage(place.Stage("Fetch"), Fetch, place.RawFolder, DownloadClient.Create, place.Clock),
        new ExtractStage(place.Stage("Extract"), Extract, DownloadStage.FilesOf(place.Stage("Fetch"), Fetch), Fetch.ExtractedBytes),
        new ImpulseResponsesStage(
            place.Stage(RoomCorpora.Verb), Responses, sampleRate, bands,
            new StageInput.Output("recordings", place.Stage("Extract"), ExtractStage.Files)),
    ];
}
