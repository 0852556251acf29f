using Tmrvc.BuildGraph;
using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>A section of configs/datasets.yaml for a corpus that is published as archives.</summary>
public sealed record ArchiveDataset : Dataset, IValidated
{
    public DownloadSettings Fetch { get; init; } = new();

    public ExtractSettings Extract { get; init; } = new();

    public override IReadOnlyList<Stage> Fetching(DatasetPlace place) => place.Fetching(Fetch, Extract);

    public override StageInput Recordings(DatasetPlace place, string name) => place.Unpacked(name);

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Preprocess.Corpus.Layout is CorpusLayout.Prompts or CorpusLayout.Folder)
            yield return ("preprocess.corpus.layout",
                $"found {SnakeCase.Of(Preprocess.Corpus.Layout.ToString())}, a layout of published archives is allowed: vctk, jvs, libritts_r");
    }
}
