using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// The embedded corpus as <see cref="FetchPromptsStage"/> leaves it: <c>&lt;locale&gt;_&lt;sex&gt;_&lt;name&gt;/**/*.g722</c>.
/// </summary>
public sealed class PromptsLayout : ICorpusLayout
{
    public bool IsRecording(string relativePath) => relativePath.EndsWith(".g722", StringComparison.Ordinal);

    public ICorpusCatalogue Open(string root) => new Catalogue(Path.Combine(root, PromptsTree.Transcripts));

    private sealed class Catalogue(string transcripts) : ICorpusCatalogue
    {
        private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _byLanguage = [];

        public Recording Describe(string relativePath)
        {
            var folder = relativePath.Split('/')[0];
            var voice = PromptVoice.Parse(folder)
                ?? throw new ItemRejectedException(
                    $"folder '{folder}' names no voice, <language>_<REGION>_<sex>_<name> is allowed");
            var prompt = Path.ChangeExtension(relativePath[(folder.Length + 1)..], null);
            return new Recording(
                voice.Name, voice.Language, voice.Licence, TranscriptsOf(voice.Language).GetValueOrDefault(prompt));
        }

        private IReadOnlyDictionary<string, string> TranscriptsOf(string language)
        {
            if (!_byLanguage.TryGetValue(language, out var prompts))
                _byLanguage[language] = prompts = PromptTranscripts.Read(Path.Combine(transcripts, language + ".txt"));
            return prompts;
        }
    }
}
