using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>How a corpus' files are laid out.</summary>
public enum CorpusLayout
{
    Prompts,
    Folder,
    Vctk,
    Jvs,
    LibrittsR,
}

/// <summary>What a corpus is.</summary>
public sealed record CorpusSettings : IValidated
{
    /// <summary>First part of every utterance's id.</summary>
    public string Name { get; init; } = "folder";

    public CorpusLayout Layout { get; init; } = CorpusLayout.Folder;

    /// <summary>ISO 639-1 of a folder's speech; other layouts know it themselves.</summary>
    public string Language { get; init; } = "und";

    /// <summary>SPDX identifier of a folder's licence; other layouts know it themselves.</summary>
    public string Licence { get; init; } = "unknown";

    public SplitSettings Split { get; init; } = new();

    internal ICorpusLayout CreateLayout() => Layout switch
    {
        CorpusLayout.Prompts => new PromptsLayout(),
        CorpusLayout.Vctk => new VctkLayout(),
        CorpusLayout.Jvs => new JvsLayout(),
        CorpusLayout.LibrittsR => new LibriTtsRLayout(),
        _ => new FolderLayout(Language, Licence),
    };

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var mistake in CorpusName.Mistakes(Name))
            yield return mistake;
        if (Language.Length is < 2 or > 3 || !Language.All(char.IsAsciiLetterLower))
            yield return ("language", $"found '{Language}', a code of ISO 639 such as en, or und, is allowed");
    }
}
