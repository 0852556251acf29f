using System.Globalization;

namespace Tmrvc.Reporting;

/// <summary>What two evaluations found and what they sound like; either may be absent.</summary>
public sealed class EvaluationPair
{
    /// <summary>Bytes of sound that a page holds.</summary>
    private const long AudioBytes = 48 << 20;

    private readonly AudioBudget _audio = new(AudioBytes);
    private readonly EvaluationContent? _left, _right;

    private EvaluationPair(string? left, string? right) => (_left, _right) = (Read(left, _audio), Read(right, _audio));

    /// <param name="left">Folder of an evaluation; null when there is none.</param>
    /// <exception cref="InvalidDataException">A folder holds no evaluation.</exception>
    public static EvaluationPair Read(string? left, string? right) => new(left, right);

    /// <summary>Every figure that either has, with that of each system where several are compared.</summary>
    public ComparisonTable Figures => new("Evaluation", [.. Joined(Values(_left), Values(_right))]);

    /// <summary>Samples of either; the same is asked of both: one utterance is said as it was, and in the voices of others.</summary>
    internal IReadOnlyList<(AskedSample Asked, SampleContent? Left, SampleContent? Right)> Samples =>
    [
        .. Asked(_left).Union(Asked(_right)).Select(asked => (asked, Sample(_left, asked), Sample(_right, asked))),
    ];

    /// <returns>Null when the page's share for sounds was spent.</returns>
    internal byte[]? SoundOf(AudioClip clip) => _audio.Sounds.GetValueOrDefault(clip.Sound);

    private static EvaluationContent? Read(string? folder, AudioBudget audio) => folder is null ? null : EvaluationFolder.Read(folder, audio);

    private static IEnumerable<AskedSample> Asked(EvaluationContent? evaluation) => evaluation?.Samples.Select(AskedSample.Of) ?? [];

    private static SampleContent? Sample(EvaluationContent? evaluation, AskedSample asked) =>
        evaluation?.Samples.FirstOrDefault(sample => AskedSample.Of(sample) == asked);

    private static Dictionary<string, string> Values(EvaluationContent? evaluation)
    {
        var values = new Dictionary<string, string>();
        foreach (var figure in evaluation?.Figures ?? [])
            values[figure.Name] = Text(figure);
        foreach (var system in evaluation?.Systems ?? [])
            foreach (var figure in system.Figures)
                values[$"{system.Name}: {figure.Name}"] = Text(figure);
        return values;
    }

    private static IEnumerable<ComparisonRow> Joined(Dictionary<string, string> left, Dictionary<string, string> right) =>
        left.Keys.Union(right.Keys).Select(name => new ComparisonRow(name, left.GetValueOrDefault(name, ""), right.GetValueOrDefault(name, "")));

    private static string Text(Figure figure)
    {
        var value = figure.Value is { } number ? SignificantDigits.Round(number, 4).ToString(CultureInfo.InvariantCulture) : "not measured";
        var error = figure.StandardError is { } deviation ? $" ± {SignificantDigits.Round(deviation, 2).ToString(CultureInfo.InvariantCulture)}" : "";
        return $"{value}{error}{(figure.Unit.Length > 0 ? " " + figure.Unit : "")}";
    }
}
