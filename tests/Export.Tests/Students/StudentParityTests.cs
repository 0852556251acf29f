using Tmrvc.Contract;
using Tmrvc.Support;
using Tmrvc.Models;

namespace Tmrvc.Export.Tests;

public sealed class StudentParityTests
{
    private const double Allowed = 5e-5;

    [Test]
    public void A_full_size_student_computes_the_same_in_ONNX_Runtime_on_speech()
    {
        using var student = StudentFiles.Drawn(new StudentArchitecture(), 5);
        var speech = RealSpeech.For(student.Architecture, first: 100, frames: 80);
        Assert.That(Offenders(student, speech), Is.Empty);
    }

    [Test]
    public void A_student_computes_the_same_in_ONNX_Runtime_on_five_seconds_of_speech([Values] TimbrePath timbre)
    {
        using var student = StudentFiles.Drawn(SmallStudent.Architecture with { Timbre = timbre }, 1);
        var speech = RealSpeech.For(student.Architecture);
        Assert.That(Offenders(student, speech), Is.Empty);
    }

    [Test]
    public void A_weight_that_was_changed_is_found_out()
    {
        using var student = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        using var other = StudentFiles.Drawn(SmallStudent.Architecture, 2);
        var speech = RealSpeech.For(student.Architecture, first: 100, frames: 20);
        var figures = Compare(student, other, speech);
        Assert.That(figures.Where(figure => figure.Case == "speech").Select(figure => figure.Deviation.Largest), Is.All.GreaterThan(Allowed));
    }

    private static IEnumerable<ParityFigure> Offenders(StudentNetworks student, ParitySpeech speech)
    {
        var figures = Compare(student, student, speech);
        Assert.That(figures, Has.Count.EqualTo(4 * 13)); // cases, outputs
        return figures.Where(figure => !(figure.Deviation.Largest <= Allowed));
    }

    private static IReadOnlyList<ParityFigure> Compare(StudentNetworks student, StudentNetworks exported, ParitySpeech speech)
    {
        var contracts = student.Architecture.Contracts();
        using var tested = new OnnxSteps(contracts, SmallStudent.Models(exported));
        var references = new StudentSteps(contracts, SmallStudent.Statistics(student.Architecture.Mels)).Of(student);
        return new StudentParity(contracts, references).Compare(tested, speech);
    }
}
