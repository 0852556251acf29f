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
        !relativePath.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)
        && !relativePath.Split('/').Any(part => part.StartsWith('.'));

    public ICorpusCatalogue Open(string root) => new Catalogue(root, language, licence);

    /// <exception cref="ItemRejectedException">The file's extension is not that of audio.</exception>
    internal static void RequireAudio(string relativePath)
    {
        var extension = Path.GetExtension(relativePath);
        if (!Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new ItemRejectedException(
                $"not an audio file: extension '{extension}', {string.Join(", ", Extensions)} are allowed");
    }

    private sealed class Catalogue(string root, string language, string licence) : ICorpusCatalogue
    {
        public Recording Describe(string relativePath)
        {
            RequireAudio(relativePath);
            var slash = relativePath.IndexOf('/');
            if (slash < 0)
                throw new ItemRejectedException("lies outside a speaker's folder; move it to <speaker>/");
            var transcript = Path.Combine(root, Path.ChangeExtension(relativePath, ".txt"));
            return new Recording(
                relativePath[..slash], language, licence, File.Exists(transcript) ? File.ReadAllText(transcript).Trim() : null);
        }
    }
}
