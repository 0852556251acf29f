using Tmrvc.BuildGraph;
using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>
/// The section <c>folder</c> of configs/datasets.yaml: the user's own recordings, <c>&lt;path&gt;/&lt;speaker&gt;/**</c>.
/// </summary>
public sealed record FolderDataset : Dataset, IValidated
{
    /// <summary>Absolute, or relative to the repository root.</summary>
    public string Path { get; init; } = "";

    public override IReadOnlyList<Stage> Fetching(DatasetPlace place) => [];

    public override StageInput Recordings(DatasetPlace place, string name) => new StageInput.Files(name, Path, "**");

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Path.Length == 0)
            yield return ("path", "is empty; the folder that holds a folder per speaker is needed");
        if (Preprocess.Corpus.Layout != CorpusLayout.Folder)
            yield return ("preprocess.corpus.layout", $"found {SnakeCase.Of(Preprocess.Corpus.Layout.ToString())}, folder is allowed");
    }
}
