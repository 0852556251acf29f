using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>A corpus as configs/datasets.yaml describes it: where it comes from and what is done to its recordings.</summary>
public abstract record Dataset
{
    public PreprocessSettings Preprocess { get; init; } = new();

    /// <summary>The stages that bring the corpus here; none when it is here already.</summary>
    public abstract IReadOnlyList<Stage> Fetching(DatasetPlace place);

    /// <summary>The files of the corpus.</summary>
    /// <param name="name">How the stage that reads them asks for them.</param>
    public abstract StageInput Recordings(DatasetPlace place, string name);
}

/// <summary>What the stages of a corpus are called, and where they keep what they download.</summary>
/// <param name="Title">Ends the names of its stages: <c>Vctk</c> of <c>FetchVctk</c>.</param>
/// <param name="RawFolder">Absolute path of the corpus' folder below data/raw.</param>
public sealed record DatasetPlace(string Title, string RawFolder, TimeProvider Clock)
{
    public StageId Stage(string verb) => new(verb + Title);

    /// <summary>The stages that bring published archives here and unpack them.</summary>
    public IReadOnlyList<Stage> Fetching(DownloadSettings fetch, ExtractSettings extract) =>
    [
        new DownloadStage(Stage("Fetch"), fetch, RawFolder, DownloadClient.Create, Clock),
        new ExtractStage(Stage("Extract"), extract, DownloadStage.FilesOf(Stage("Fetch"), fetch), fetch.ExtractedBytes),
    ];

    /// <summary>What those leave.</summary>
    /// <param name="name">How the stage that reads it asks for it.</param>
    public StageInput Unpacked(string name) => new StageInput.Output(name, Stage("Extract"), ExtractStage.Files);
}
