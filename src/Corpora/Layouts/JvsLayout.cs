using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// JVS 1 (Takamichi et al. 2019): <c>jvs_ver1/jvs001/{parallel100,nonpara30}/wav24kHz16bit/*.wav</c>, 24 kHz, with
/// <c>transcripts_utf8.txt</c> beside the folder of audio. Whispered and falsetto speech is not used.
/// </summary>
public sealed partial class JvsLayout : ICorpusLayout
{
    private const string Licence = "JVS: research or personal use, no redistribution";

    public bool IsRecording(string relativePath) =>
        Place().IsMatch(relativePath) && relativePath.EndsWith(".wav", StringComparison.Ordinal) && !HiddenFiles.Include(relativePath);

    public void RequireName(string relativePath) => Parse(relativePath);

    public ICorpusCatalogue Open(string root) => new Catalogue(root);

    private static (string Speaker, string Set, string Sentence) Parse(string relativePath) =>
        Form().Match(relativePath) is { Success: true } match
            ? (match.Groups["speaker"].Value, match.Groups["set"].Value, match.Groups["sentence"].Value)
            : throw new ItemRejectedException("its name is not of the form jvs_ver1/jvs<number>/<set>/wav24kHz16bit/<sentence>.wav");

    [GeneratedRegex("^jvs_ver1/[^/]+/(parallel100|nonpara30)/wav24kHz16bit/")]
    private static partial Regex Place();

    [GeneratedRegex(@"^jvs_ver1/(?<speaker>jvs[0-9]{3})/(?<set>parallel100|nonpara30)/wav24kHz16bit/(?<sentence>[A-Za-z0-9_-]+)\.wav$")]
    private static partial Regex Form();

    private sealed class Catalogue(string root) : ICorpusCatalogue
    {
        private readonly IReadOnlyDictionary<string, Sex> _sexes =
            SpeakerTable.Read(Path.Combine(root, "jvs_ver1", "gender_f0range.txt"), column: 1);

        private readonly ConcurrentDictionary<(string Speaker, string Set), IReadOnlyDictionary<string, string>> _transcripts = [];

        public Recording Describe(string relativePath)
        {
            var (speaker, set, sentence) = Parse(relativePath);
            var transcripts = _transcripts.GetOrAdd((speaker, set), ReadTranscripts);
            return new Recording(speaker, "ja", Licence, transcripts.GetValueOrDefault(sentence))
            {
                Sex = _sexes.TryGetValue(speaker, out var sex) ? sex : null,
            };
        }

        /// <summary>Lines of <c>sentence:words</c>.</summary>
        private IReadOnlyDictionary<string, string> ReadTranscripts((string Speaker, string Set) place)
        {
            var path = Path.Combine(root, "jvs_ver1", place.Speaker, place.Set, "transcripts_utf8.txt");
            var transcripts = new Dictionary<string, string>();
            foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
                if (line.IndexOf(':') is var colon and > 0 && line[(colon + 1)..].Trim() is { Length: > 0 } words)
                    transcripts.TryAdd(line[..colon].Trim(), words);
            return transcripts;
        }
    }
}
