using System.Text.RegularExpressions;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// VCTK 0.92 (Yamagishi, Veaux, MacDonald 2019): <c>wav48_silence_trimmed/p225/p225_001_mic1.flac</c>, 48 kHz, with
/// <c>txt/p225/p225_001.txt</c>. The first microphone is used, which every speaker has: p280 lacks the second. p315 has no texts,
/// p362 only a part of the recordings.
/// </summary>
public sealed partial class VctkLayout : ICorpusLayout
{
    private const string Audio = "wav48_silence_trimmed/";

    public bool IsRecording(string relativePath) =>
        relativePath.StartsWith(Audio, StringComparison.Ordinal) && relativePath.EndsWith(".flac", StringComparison.Ordinal)
        && !relativePath.EndsWith("_mic2.flac", StringComparison.Ordinal) && !HiddenFiles.Include(relativePath);

    public void RequireName(string relativePath) => Parse(relativePath);

    public ICorpusCatalogue Open(string root) => new Catalogue(root);

    private static (string Speaker, string Utterance) Parse(string relativePath) => Form().Match(relativePath) is { Success: true } match
        ? (match.Groups["speaker"].Value, match.Groups["utterance"].Value)
        : throw new ItemRejectedException($"its name is not of the form {Audio}<speaker>/<speaker>_<number>_mic1.flac");

    [GeneratedRegex(@"^wav48_silence_trimmed/(?<speaker>[ps][0-9]+)/(?<utterance>\k<speaker>_[0-9]+)_mic1\.flac$")]
    private static partial Regex Form();

    private sealed class Catalogue(string root) : ICorpusCatalogue
    {
        private readonly IReadOnlyDictionary<string, Sex> _sexes = SpeakerTable.Read(Path.Combine(root, "speaker-info.txt"), column: 2);

        public Recording Describe(string relativePath)
        {
            var (speaker, utterance) = Parse(relativePath);
            var transcript = TextBeside.Read(Path.Combine(root, "txt", speaker, utterance + ".txt"));
            return new Recording(speaker, "en", "CC-BY-4.0", transcript) { Sex = _sexes.TryGetValue(speaker, out var sex) ? sex : null };
        }
    }
}
