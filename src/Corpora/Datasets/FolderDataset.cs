using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>
/// The section <c>folder</c> of configs/datasets.yaml: the user's own recordings, <c>&lt;path&gt;/&lt;speaker&gt;/**</c>.
/// </summary>
public sealed record FolderDataset : IValidated
{
    /// <summary>Absolute, or relative to the repository root.</summary>
    public string Path { get; init; } = "";

    public PreprocessSettings Preprocess { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Path.Length == 0)
            yield return ("path", "is empty; the folder that holds a folder per speaker is needed");
        if (Preprocess.Corpus.Layout != CorpusLayout.Folder)
            yield return ("preprocess.corpus.layout", "found prompts, folder is allowed");
    }
}
