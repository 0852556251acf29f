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
        .. place.Fetching(Fetch, Extract),
        new ImpulseResponsesStage(place.Stage(RoomCorpora.Verb), Responses, sampleRate, bands, place.Unpacked("recordings")),
    ];
}
