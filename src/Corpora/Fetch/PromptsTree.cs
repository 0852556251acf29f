using System.IO.Compression;

namespace Tmrvc.Corpora;

/// <summary>
/// From the packages' file tree to the corpus: voices at the top, <c>transcripts/&lt;language&gt;.txt</c> and
/// <c>licences/&lt;package&gt;.txt</c> beside them.
/// </summary>
internal static class PromptsTree
{
    internal const string Transcripts = "transcripts";
    internal const string Licences = "licences";

    private const string TranscriptPrefix = "core-sounds-";
    private const string TranscriptSuffix = ".txt.gz";

    /// <exception cref="FetchException">The packages hold no voice.</exception>
    internal static void Arrange(string contents, string target)
    {
        Directory.CreateDirectory(target);
        var sounds = Path.Combine(contents, "usr/share/asterisk/sounds");
        if (!Directory.Exists(sounds))
            throw new FetchException("packages: hold no usr/share/asterisk/sounds; they are not those of the embedded corpus");
        foreach (var voice in Directory.EnumerateDirectories(sounds)
            .Where(folder => PromptVoice.Parse(Path.GetFileName(folder)) is not null))
            Directory.Move(voice, Path.Combine(target, Path.GetFileName(voice)));
        foreach (var documents in Directory.EnumerateDirectories(Path.Combine(contents, "usr/share/doc")))
            ArrangeDocuments(documents, target);
    }

    private static void ArrangeDocuments(string documents, string target)
    {
        var licences = Directory.CreateDirectory(Path.Combine(target, Licences)).FullName;
        if (File.Exists(Path.Combine(documents, "copyright")))
            File.Copy(Path.Combine(documents, "copyright"), Path.Combine(licences, Path.GetFileName(documents) + ".txt"));
        foreach (var transcript in Directory.EnumerateFiles(documents, TranscriptPrefix + "*" + TranscriptSuffix))
        {
            var language = Path.GetFileName(transcript)[TranscriptPrefix.Length..^TranscriptSuffix.Length];
            var folder = Directory.CreateDirectory(Path.Combine(target, Transcripts)).FullName;
            Decompress(transcript, Path.Combine(folder, language + ".txt"));
        }
    }

    private static void Decompress(string source, string target)
    {
        using var compressed = new GZipStream(File.OpenRead(source), CompressionMode.Decompress);
        using var plain = File.Create(target);
        compressed.CopyTo(plain);
    }
}
