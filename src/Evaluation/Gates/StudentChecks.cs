using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>Compares the figures of the student's forms with a gate's bars, and with its teacher's. A figure that was not computed does not pass.</summary>
internal sealed class StudentChecks(EvaluationReport report)
{
    public IEnumerable<GateCheck> All(StudentGateSettings settings) =>
    [
        .. new FigureChecks(report, before: null).All(new TeacherGateSettings { Judge = settings.Judge }),
        .. (report.Systems ?? []).Where(system => system.Name != TeacherSystem.SystemName).Select(NotFinite),
        .. Of(StreamedStudent.Fp32, settings), .. Of(StreamedStudent.Int8, settings),
        .. settings.Int8Drop is { } drop ? [Drop(drop)] : Array.Empty<GateCheck>(),
    ];

    private IEnumerable<GateCheck> Of(string system, StudentGateSettings settings)
    {
        var own = report with { Figures = [.. System(system)?.Figures ?? [], .. report.Figures] };
        var bars = new TeacherGateSettings
        {
            Assigned = settings.Assigned, Nearest = settings.Nearest, Conversion = settings.Conversion, Reverberant = settings.Reverberant, Rt60Correlation = settings.Rt60Correlation,
        };
        foreach (var check in new FigureChecks(own, before: null).All(bars))
            yield return check with { Name = $"{system}: {check.Name}" };
        if (settings.AssignedOfTeacher is { } assigned)
            yield return AtLeast(system, FigureNames.Assigned, assigned * Teacher(FigureNames.Assigned), $"{Text(assigned)} × the teacher's");
        if (settings.ConversionOfTeacher is { } share)
            yield return AtLeast(system, FigureNames.Conversion, Floor + share * (Teacher(FigureNames.Conversion) - Floor), $"{Text(share)} of the teacher's way up from two speakers");
        if (settings.F0Correlation is { } correlation)
            yield return AtLeast(system, FigureNames.PitchWithin, correlation, "");
        if (settings.Rt60Rise is { } rise)
            yield return AtLeast(system, FigureNames.Rt60Rise, rise, "s");
        if (settings.FromTeacher is { } decibels)
            yield return new($"{system}: {FigureNames.ToTeacher}", Text(Value(system, FigureNames.ToTeacher)), $"≤ {Text(decibels)} dB", Value(system, FigureNames.ToTeacher) <= decibels);
    }

    private static GateCheck NotFinite(EvaluatedSystem system)
    {
        var count = system.Figures.FirstOrDefault(figure => figure.Name == FigureNames.NotFinite)?.Value;
        return new($"{system.Name}: {FigureNames.NotFinite}", count is { } number ? $"{number:0}" : Text(null), "0", count == 0);
    }

    private GateCheck Drop(double drop)
    {
        var change = Value(StreamedStudent.Int8, FigureNames.Conversion) - Value(StreamedStudent.Fp32, FigureNames.Conversion);
        return new($"{FigureNames.Conversion}, {StreamedStudent.Int8} against {StreamedStudent.Fp32}", Text(change), $"≥ {Text(-drop)}", change >= -drop);
    }

    private GateCheck AtLeast(string system, string name, double? least, string whose) => new(
        $"{system}: {name}", Text(Value(system, name)), $"≥ {Text(least)}{(whose.Length > 0 ? $", {whose}" : "")}", Value(system, name) >= least);

    private double? Floor => report.Figures.FirstOrDefault(figure => figure.Name == FigureNames.Floor)?.Value;

    private double? Teacher(string name) => Value(TeacherSystem.SystemName, name);

    private double? Value(string system, string name) => System(system)?.Figures.FirstOrDefault(figure => figure.Name == name)?.Value;

    private EvaluatedSystem? System(string name) => report.Systems?.FirstOrDefault(system => system.Name == name);

    private static string Text(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "not computed";
}
