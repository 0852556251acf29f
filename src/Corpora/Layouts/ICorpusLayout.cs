namespace Tmrvc.Corpora;

/// <summary>How one corpus lays out its files. Knows paths and texts, no audio.</summary>
public interface ICorpusLayout
{
    /// <summary>
    /// Whether the file should hold speech; paths are relative to the corpus, with forward slashes. Reads nothing.
    /// </summary>
    bool IsRecording(string relativePath);

    /// <summary>Reads nothing.</summary>
    /// <exception cref="BuildGraph.ItemRejectedException">The file stands where recordings do, but is not named like one.</exception>
    void RequireName(string relativePath);

    /// <summary>Reads what the corpus says about its recordings.</summary>
    /// <param name="root">Absolute path of the corpus.</param>
    ICorpusCatalogue Open(string root);
}

/// <summary>What is known about the recordings of one corpus. Safe for several threads.</summary>
public interface ICorpusCatalogue
{
    /// <exception cref="BuildGraph.ItemRejectedException">The corpus' rules leave this recording out; the message says
    /// why.</exception>
    Recording Describe(string relativePath);
}

/// <param name="Language">ISO 639-1, or <c>und</c>.</param>
/// <param name="Licence">SPDX identifier, or the corpus' own words.</param>
/// <param name="Transcript">Null when unknown.</param>
public sealed record Recording(string Speaker, string Language, string Licence, string? Transcript)
{
    /// <summary>Null when unknown.</summary>
    public Sex? Sex { get; init; }
}

/// <summary>Of a speaker, as the corpus has it.</summary>
public enum Sex
{
    Female,
    Male,
}
