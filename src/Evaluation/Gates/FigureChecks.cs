using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>Compares figures of an evaluation with a gate's bars. A figure that was not computed does not pass.</summary>
/// <param name="before">Of the judged phase before; null where there is none.</param>
internal sealed class FigureChecks(EvaluationReport report, EvaluationReport? before)
{
    public IEnumerable<GateCheck> All(TeacherGateSettings settings) =>
    [
        .. settings.Judge is { } judge ? Judge(judge) : [],
        .. Similarity(FigureNames.Reconstruction, settings.Reconstruction, FigureNames.Ceiling, FigureNames.Floor),
        .. Similarity(FigureNames.Conversion, settings.Conversion, FigureNames.Ceiling, FigureNames.Floor),
        .. Bar(FigureNames.Nearest, settings.Nearest, " %"),
        .. Bar(FigureNames.Assigned, settings.Assigned, " %"),
        .. settings.ConversionDrop is { } drop ? [Drop(drop)] : Array.Empty<GateCheck>(),
        .. settings.MelRise is { } rise ? [AtMostTimes(FigureNames.MelL1, rise, Find(before, FigureNames.MelL1), $"that of {Before}")] : Array.Empty<GateCheck>(),
        .. Similarity(FigureNames.Reverberant, settings.Reverberant, FigureNames.ReverberantCeiling, FigureNames.ReverberantFloor),
        .. settings.Rt60Error is { } most ? [AtMost(FigureNames.Rt60Error, most, $"{Format(most)} s")] : Array.Empty<GateCheck>(),
        .. settings.Rt60Share is { } share
            ? [AtMostTimes(FigureNames.Rt60Error, share, Find(report, FigureNames.Rt60ErrorOfMean), "that of always answering the mean")] : Array.Empty<GateCheck>(),
        .. Bar(FigureNames.Rt60Correlation, settings.Rt60Correlation, ""),
        .. Bar(FigureNames.OpinionScore, settings.OpinionScore, ""),
        .. settings.WordErrorRise is { } points ? [WordErrors(points)] : Array.Empty<GateCheck>(),
    ];

    private string Before => before?.Stage ?? "a judged phase before, and there is none";

    /// <summary>A judge that takes all voices for one would pass every teacher.</summary>
    private IEnumerable<GateCheck> Judge(JudgeBar bar)
    {
        var gap = Value(FigureNames.Ceiling) - Value(FigureNames.Floor);
        yield return new("SECS of one speaker above that of two, real recordings", Format(gap), $"≥ {Format(bar.Gap)}", gap >= bar.Gap);
        yield return AtLeast(FigureNames.Accuracy, bar.Accuracy, $"{Format(bar.Accuracy)} %");
    }

    private IEnumerable<GateCheck> Similarity(string name, SimilarityBar? bar, string ceiling, string floor)
    {
        if (bar?.Least is { } least) yield return AtLeast(name, least, Format(least));
        if (bar?.ShareOfRange is not { } share) yield break;
        var (low, high) = (Value(floor), Value(ceiling));
        yield return AtLeast(name, low + share * (high - low), $"{Format(low + share * (high - low))}, {Format(share)} of the way from {Format(low)} (two speakers) to {Format(high)} (one)");
    }

    /// <summary>Over the conversions that both phases made: their difference has far less noise than either mean.</summary>
    private GateCheck Drop(double drop)
    {
        var change = Figure.Mean("Change", before is null ? [] : [.. Changes(before)]);
        return new($"{FigureNames.Conversion}, change against {Before}", Text(change), $"≥ {Format(-drop)}", change.Value >= -drop);
    }

    private IEnumerable<double> Changes(EvaluationReport earlier)
    {
        var then = Similarities(earlier).ToDictionary(sample => sample.Key, sample => sample.Value);
        return Similarities(report).Where(sample => then.ContainsKey(sample.Key)).Select(sample => sample.Value - then[sample.Key]);
    }

    private static IEnumerable<((string Id, string? Target) Key, double Value)> Similarities(EvaluationReport of) =>
        from sample in of.Samples
        let similarity = sample.Figures.FirstOrDefault(figure => figure.Name == FigureNames.Conversion)?.Value
        where similarity is not null
        select ((sample.Id, sample.TargetSpeaker), similarity.Value);

    private GateCheck WordErrors(double points)
    {
        var most = Value(FigureNames.RecordedWordErrors) + points;
        return AtMost(FigureNames.WordErrors, most, $"{Format(most)} %, {Format(points)} above those of recordings");
    }

    private IEnumerable<GateCheck> Bar(string name, double? least, string unit) =>
        least is { } bar ? [AtLeast(name, bar, $"{Format(bar)}{unit}")] : [];

    private GateCheck AtLeast(string name, double? least, string allowed) =>
        new(name, Text(Find(report, name)), $"≥ {allowed}", Value(name) >= least);

    private GateCheck AtMostTimes(string name, double times, Figure? other, string whose) =>
        AtMost(name, times * other?.Value, $"{Format(times)} × {Format(other?.Value)}, {whose}");

    private GateCheck AtMost(string name, double? most, string allowed) =>
        new(name, Text(Find(report, name)), $"≤ {allowed}", Value(name) <= most);

    private double? Value(string name) => Find(report, name)?.Value;

    private static Figure? Find(EvaluationReport? of, string name) => of?.Figures.FirstOrDefault(figure => figure.Name == name);

    private static string Text(Figure? figure)
    {
        if (figure is { Value: null, Note: { } why } && why.StartsWith("not computed", StringComparison.Ordinal)) return why;
        var error = figure?.StandardError is { } deviation ? $" ± {Format(deviation)}" : "";
        return Format(figure?.Value) + (figure is { Value: not null, Count: { } count } ? $"{error} (n = {count})" : "");
    }

    private static string Format(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "not computed";
}
