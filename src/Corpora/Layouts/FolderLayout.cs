using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// Any folder of voices: <c>&lt;speaker&gt;/**</c> with wav, flac, ogg, mp3 or opus files; <c>x.txt</c> beside <c>x.wav</c> is
/// its transcript. Anything else that is not hidden is taken for a recording too, and quarantined when it is not one.
/// </summary>
public sealed class FolderLayout(string language, string licence) : ICorpusLayout
{
    private static readonly string[] Extensions = [".wav", ".flac", ".ogg", ".mp3", ".opus"];

    public bool IsRecording(string relativePath) =>
        !relativePath.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && !HiddenFiles.Include(relativePath);

    public ICorpusCatalogue Open(string root) => new Catalogue(root, language, licence);

    public void RequireName(string relativePath) => SpeakerOf(relativePath);

    /// <exception cref="ItemRejectedException">The file's extension is not that of audio, or it is in no folder.</exception>
    private static string SpeakerOf(string relativePath)
    {
        var extension = Path.GetExtension(relativePath);
        if (!Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new ItemRejectedException(
                $"not an audio file: extension '{extension}', {string.Join(", ", Extensions)} are allowed");
        var slash = relativePath.IndexOf('/');
        return slash > 0 ? relativePath[..slash] : throw new ItemRejectedException("lies outside a speaker's folder; move it to <speaker>/");
    }

    private sealed class Catalogue(string root, string language, string licence) : ICorpusCatalogue
    {
        public Recording Describe(string relativePath) => new(
            SpeakerOf(relativePath), language, licence, TextBeside.Read(Path.Combine(root, Path.ChangeExtension(relativePath, ".txt"))));
    }
}
