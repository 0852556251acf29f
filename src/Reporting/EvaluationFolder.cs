using System.Text.Json;
using Tmrvc.SafeTensors;

namespace Tmrvc.Reporting;

/// <summary>Reads an evaluation's folder into what the page shows.</summary>
internal static class EvaluationFolder
{
    /// <exception cref="InvalidDataException">The description is malformed, or names a sound or a mel that is not there.</exception>
    public static EvaluationContent Read(string folder, AudioBudget audio)
    {
        var file = ReadDescription(Path.Combine(folder, "evaluation.json"));
        using var mels = SafeTensorsFile.Open(Path.Combine(folder, "mels.safetensors"));
        var range = LevelRange.Of(mels, [.. file.Samples.SelectMany(sample => sample.Signals).Select(signal => signal.Mel).OfType<string>()]);
        return new EvaluationContent
        {
            Stage = file.Stage,
            Axes = new MelAxes((double)file.HopLength / file.SampleRate, file.MelFmin, file.MelFmax, range.Lowest, range.Highest),
            Settings = (file.Settings ?? []).ToDictionary(setting => setting.Key, setting => setting.Value.ToString()),
            Figures = Figures(file.Figures),
            Systems = file.Systems is null ? null : [.. file.Systems.Select(system => new SystemContent(system.Name, system.Note ?? "", Figures(system.Figures)))],
            Samples = [.. file.Samples.Where(sample => sample.Signals.Count > 0).Select(sample => ReadSample(sample, folder, mels, range, audio))],
        };
    }

    private static EvaluationFile ReadDescription(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ReportJsonContext.Default.EvaluationFile)
                ?? throw new InvalidDataException($"{path}: null is no evaluation");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: no evaluation: {e.Message}", e);
        }
    }

    private static SampleContent ReadSample(SampleText sample, string folder, SafeTensorsFile mels, LevelRange range, AudioBudget audio) => new()
    {
        Id = sample.Id,
        Kind = sample.Kind,
        Speaker = sample.Speaker,
        TargetSpeaker = sample.TargetSpeaker ?? "",
        Text = sample.Text ?? "",
        Figures = Figures(sample.Figures),
        Signals = [.. sample.Signals.Select(signal => new SignalContent(
            signal.Role,
            signal.Note ?? "",
            signal.Mel is null ? null : range.Picture(mels, signal.Mel),
            signal.Audio is null ? null : audio.Take(PathInside(folder, signal.Audio))))],
    };

    private static IReadOnlyList<Figure> Figures(IReadOnlyList<FigureText>? figures) =>
        [.. (figures ?? []).Select(figure => new Figure(figure.Name, Finite(figure.Value), figure.Unit ?? "", figure.Note ?? "")
        {
            Count = figure.Count,
            StandardError = Finite(figure.StandardError),
        })];

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string PathInside(string folder, string name)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, name));
        if (!path.StartsWith(root, StringComparison.Ordinal) || !File.Exists(path))
            throw new InvalidDataException($"{folder}: evaluation.json names the sound '{name}', which is not in the folder");
        return path;
    }
}
