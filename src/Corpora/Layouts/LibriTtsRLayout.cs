using System.Text.RegularExpressions;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// LibriTTS-R (Koizumi et al. 2023): <c>LibriTTS_R/train-clean-100/&lt;speaker&gt;/&lt;chapter&gt;/&lt;speaker&gt;_&lt;chapter&gt;_*.wav</c>,
/// 24 kHz, with <c>.normalized.txt</c> and <c>.original.txt</c> beside each. Archives are named with underscores, folders with hyphens.
/// </summary>
public sealed partial class LibriTtsRLayout : ICorpusLayout
{
    private const string Top = "LibriTTS_R/";

    public bool IsRecording(string relativePath) =>
        relativePath.StartsWith(Top, StringComparison.Ordinal) && relativePath.EndsWith(".wav", StringComparison.Ordinal)
        && !HiddenFiles.Include(relativePath);

    public void RequireName(string relativePath) => SpeakerOf(relativePath);

    public ICorpusCatalogue Open(string root) => new Catalogue(root);

    private static string SpeakerOf(string relativePath) => Form().Match(relativePath) is { Success: true } match
        ? match.Groups["speaker"].Value
        : throw new ItemRejectedException(
            $"its name is not of the form {Top}<subset>/<speaker>/<chapter>/<speaker>_<chapter>_<paragraph>_<sentence>.wav");

    [GeneratedRegex(@"^LibriTTS_R/[a-z]+[-_][a-z]+([-_][0-9]+)?/(?<speaker>[0-9]+)/(?<chapter>[0-9]+)/\k<speaker>_\k<chapter>_[0-9]+_[0-9]+\.wav$")]
    private static partial Regex Form();

    private sealed class Catalogue(string root) : ICorpusCatalogue
    {
        private readonly IReadOnlyDictionary<string, Sex> _sexes = SpeakerTable.Read(Path.Combine(root, Top, "speakers.tsv"), column: 1);

        public Recording Describe(string relativePath)
        {
            var speaker = SpeakerOf(relativePath);
            var stem = Path.Combine(root, Path.ChangeExtension(relativePath, null));
            var transcript = TextBeside.Read(stem + ".normalized.txt") ?? TextBeside.Read(stem + ".original.txt");
            return new Recording(speaker, "en", "CC-BY-4.0", transcript) { Sex = _sexes.TryGetValue(speaker, out var sex) ? sex : null };
        }
    }
}
