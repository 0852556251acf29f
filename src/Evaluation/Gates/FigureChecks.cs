using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>Compares figures of an evaluation with a gate's bars. A figure that was not computed does not pass.</summary>
/// <param name="before">Of the judged phase before; null where there is none.</param>
internal sealed class FigureChecks(EvaluationReport report, EvaluationReport? before)
{
    public IEnumerable<GateCheck> All(TeacherGateSettings settings) =>
    [
        .. Similarity(FigureNames.Reconstruction, settings.Reconstruction),
        .. Similarity(FigureNames.Conversion, settings.Conversion),
        .. settings.ConversionDrop is { } drop ? [Drop(drop)] : Array.Empty<GateCheck>(),
        .. Similarity(FigureNames.Reverberant, settings.Reverberant),
        .. settings.Rt60Error is { } most ? [AtMost(FigureNames.Rt60Error, most, "s")] : Array.Empty<GateCheck>(),
        .. settings.OpinionScore is { } least ? [AtLeast(FigureNames.OpinionScore, least, Format(least))] : Array.Empty<GateCheck>(),
    ];

    private IEnumerable<GateCheck> Similarity(string name, SimilarityBar? bar)
    {
        if (bar?.Least is { } least) yield return AtLeast(name, least, Format(least));
        if (bar?.ShareOfCeiling is not { } share) yield break;
        var ceiling = Value(report, FigureNames.Ceiling);
        yield return AtLeast(name, share * ceiling, $"{Format(share)} × {Text(ceiling)}, that of real recordings of one speaker");
    }

    private GateCheck Drop(double drop)
    {
        var least = (before is null ? null : Value(before, FigureNames.Conversion)) - drop;
        return AtLeast(FigureNames.Conversion, least, $"{Text(least)}, {Format(drop)} below {before?.Stage ?? "a judged phase before, and there is none"}");
    }

    private GateCheck AtLeast(string name, double? least, string allowed)
    {
        var found = Value(report, name);
        return new(name, Text(found), $"≥ {allowed}", found >= least);
    }

    private GateCheck AtMost(string name, double most, string unit)
    {
        var found = Value(report, name);
        return new($"{name}, {unit}", Text(found), $"≤ {Format(most)}", found <= most);
    }

    private static double? Value(EvaluationReport report, string name) => report.Figures.FirstOrDefault(figure => figure.Name == name)?.Value;

    private static string Text(double? value) => value is { } number ? Format(number) : "not computed";

    private static string Format(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
