using System.Collections.Concurrent;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// The embedded corpus as <see cref="FetchPromptsStage"/> leaves it: <c>&lt;locale&gt;_&lt;sex&gt;_&lt;name&gt;/**/*.g722</c>.
/// </summary>
public sealed class PromptsLayout : ICorpusLayout
{
    public bool IsRecording(string relativePath) => relativePath.EndsWith(".g722", StringComparison.Ordinal);

    public void RequireName(string relativePath) => VoiceOf(relativePath);

    public ICorpusCatalogue Open(string root) => new Catalogue(Path.Combine(root, PromptsTree.Transcripts));

    private static PromptVoice VoiceOf(string relativePath)
    {
        var folder = relativePath.Split('/')[0];
        return PromptVoice.Parse(folder)
            ?? throw new ItemRejectedException($"folder '{folder}' names no voice, <language>_<REGION>_<sex>_<name> is allowed");
    }

    private sealed class Catalogue(string transcripts) : ICorpusCatalogue
    {
        private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _byLanguage = [];

        public Recording Describe(string relativePath)
        {
            var voice = VoiceOf(relativePath);
            var prompt = Path.ChangeExtension(relativePath[(relativePath.IndexOf('/') + 1)..], null);
            var prompts = _byLanguage.GetOrAdd(voice.Language, language => PromptTranscripts.Read(Path.Combine(transcripts, language + ".txt")));
            return new Recording(voice.Name, voice.Language, voice.Licence, prompts.GetValueOrDefault(prompt))
            {
                Sex = voice.Sex == 'f' ? Sex.Female : Sex.Male,
            };
        }
    }
}
