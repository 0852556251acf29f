using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation.Tests;

public sealed class StudentGateTests
{
    [Test]
    public void A_sample_that_is_no_number_fails_whichever_form_of_the_student_said_it()
    {
        Assert.That(Passed(Report(), new() { Int8Drop = null }), Is.True);
        foreach (var broken in new[] { "FP32", "INT8", "FP32, lookahead 2" })
            Assert.That(Failed(Report((broken, new(FigureNames.NotFinite, 240))), new() { Int8Drop = null }), Is.EqualTo(new[] { $"{broken}: {FigureNames.NotFinite}" }));
    }

    [Test]
    public void A_form_whose_samples_nobody_counted_does_not_pass() => Assert.That(
        Failed(Report() with { Systems = [new("FP32", "", [])] }, new() { Int8Drop = null }), Is.EqualTo(new[] { $"FP32: {FigureNames.NotFinite}" }));

    [Test]
    public void INT8_may_lose_no_more_than_the_drop()
    {
        Assert.That(Passed(Similar(0.7, 0.681), new()), Is.True);
        Assert.That(Passed(Similar(0.7, 0.679), new()), Is.False);
        Assert.That(Passed(Report(), new()), Is.False, "no SECS was computed");

        static EvaluationReport Similar(double fp32, double int8) =>
            Report(("FP32", new(FigureNames.Conversion, fp32)), ("INT8", new(FigureNames.Conversion, int8)));
    }

    [Test]
    public void Both_forms_must_be_given_to_the_voice_asked_for_as_often_as_is_asked_and_as_the_teacher_is()
    {
        Assert.That(Failed(Assigned(100, 80, 79), new() { Assigned = 80, Int8Drop = null }), Is.EqualTo(new[] { $"INT8: {FigureNames.Assigned}" }));
        Assert.That(Failed(Assigned(100, 80, 79), new() { AssignedOfTeacher = 0.8, Int8Drop = null }), Is.EqualTo(new[] { $"INT8: {FigureNames.Assigned}" }));
        Assert.That(Failed(Assigned(90, 80, 79), new() { AssignedOfTeacher = 0.8, Int8Drop = null }), Is.Empty);

        static EvaluationReport Assigned(double teacher, double fp32, double int8) => Report(
            ("Teacher", new(FigureNames.Assigned, teacher)), ("FP32", new(FigureNames.Assigned, fp32)), ("INT8", new(FigureNames.Assigned, int8)));
    }

    [TestCase(0.51, true)]
    [TestCase(0.49, false)]
    public void A_similarity_counts_as_a_share_of_the_teachers_way_up_from_two_speakers(double student, bool passes)
    {
        var report = Report(
            ("Teacher", new(FigureNames.Conversion, 0.8)), ("FP32", new(FigureNames.Conversion, student)), ("INT8", new(FigureNames.Conversion, student)));
        Assert.That(Passed(report, new() { ConversionOfTeacher = 0.5 }), Is.EqualTo(passes), "from 0.2 to 0.8");
    }

    [Test]
    public void F0_must_follow_and_conversions_lie_near_the_teachers()
    {
        var report = Report(
            ("FP32", new(FigureNames.PitchWithin, 0.85)), ("FP32", new(FigureNames.ToTeacher, 3)),
            ("INT8", new(FigureNames.PitchWithin, 0.75)), ("INT8", new(FigureNames.ToTeacher, 5)));
        Assert.That(Failed(report, new() { F0Correlation = 0.8, Int8Drop = null }), Is.EqualTo(new[] { $"INT8: {FigureNames.PitchWithin}" }));
        Assert.That(Failed(report, new() { FromTeacher = 4, Int8Drop = null }), Is.EqualTo(new[] { $"INT8: {FigureNames.ToTeacher}" }));
    }

    [Test]
    public void An_F0_that_was_never_tracked_does_not_pass()
    {
        var report = Report(("FP32", new(FigureNames.PitchWithin, null)), ("INT8", new(FigureNames.PitchWithin, 0.9)));
        Assert.That(Failed(report, new() { F0Correlation = 0.8, Int8Drop = null }), Is.EqualTo(new[] { $"FP32: {FigureNames.PitchWithin}" }));
    }

    [Test]
    public void A_student_that_hears_no_room_or_makes_none_fails()
    {
        var settings = new StudentGateSettings { Reverberant = new() { ShareOfRange = 0.5 }, Rt60Correlation = 0.3, Rt60Rise = 0.02, Int8Drop = null };
        Assert.That(Failed(InRooms(0.61, 0.31, 0.03), settings), Is.Empty);
        Assert.That(Failed(InRooms(0.59, 0.29, 0.01), settings), Is.EqualTo(new[]
            { FigureNames.Reverberant, FigureNames.Rt60Correlation, FigureNames.Rt60Rise }.Select(name => $"INT8: {name}")));
        Assert.That(Failed(Report(), settings).Count(), Is.EqualTo(6), "nobody listened");
        Assert.That(Failed(Report(), settings.WithoutRooms()), Is.Empty, "the teacher knows no rooms");

        static EvaluationReport InRooms(double similarity, double correlation, double rise)
        {
            var report = Report([.. new[] { ("FP32", 0.7, 0.5, 0.1), ("INT8", similarity, correlation, rise) }.SelectMany(entry => new (string, Figure)[]
            {
                (entry.Item1, new(FigureNames.Reverberant, entry.Item2)), (entry.Item1, new(FigureNames.Rt60Correlation, entry.Item3)), (entry.Item1, new(FigureNames.Rt60Rise, entry.Item4)),
            })]);
            return report with { Figures = [.. report.Figures, new(FigureNames.ReverberantCeiling, 0.9), new(FigureNames.ReverberantFloor, 0.3)] };
        }
    }

    [Test]
    public void A_judge_that_cannot_tell_voices_apart_fails() =>
        Assert.That(Passed(Report(), new() { Judge = new() { Gap = 0.7 }, Int8Drop = null }), Is.False, "0.8 is 0.6 above 0.2");

    [Test]
    public void Settings_out_of_range_are_told_by_name() => Assert.That(
        new StudentGateSettings { Assigned = 120, F0Correlation = 2, Int8Drop = -1, FromTeacher = 0, Judge = new() { Gap = 0 } }.Mistakes().Select(mistake => mistake.Property),
        Is.EquivalentTo(new[] { "assigned", "f0_correlation", "int8_drop", "from_teacher", "judge.gap" }));

    private static bool Passed(EvaluationReport report, StudentGateSettings settings) => !Failed(report, settings).Any();

    private static IEnumerable<string> Failed(EvaluationReport report, StudentGateSettings settings) =>
        new StudentChecks(report).All(settings).Where(check => !check.Passed).Select(check => check.Name);

    /// <summary>Recordings of one speaker reach 0.8, of two 0.2; what a form is not told to have is sound.</summary>
    private static EvaluationReport Report(params (string System, Figure Figure)[] figures) => new(
        "Student", 24000, 240, 0, 12000, new Dictionary<string, string>(), [new(FigureNames.Ceiling, 0.8), new(FigureNames.Floor, 0.2), new(FigureNames.Accuracy, 100)], [])
    {
        Systems = [.. new[] { "Teacher", "FP32", "INT8", "FP32, lookahead 2" }.Select(name => new EvaluatedSystem(
            name, "", [.. figures.Where(entry => entry.System == name).Select(entry => entry.Figure), new(FigureNames.NotFinite, 0)]))],
    };
}
