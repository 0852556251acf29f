using Tmrvc.Models;

namespace Tmrvc.Export.Tests;

public sealed class StudentParityTests
{
    private const double Allowed = 5e-5;

    [Test]
    public void A_full_size_student_computes_the_same_in_ONNX_Runtime_on_five_seconds_of_speech()
    {
        using var student = StudentNetworks.Untrained(new StudentArchitecture(), seed: 5);
        var speech = new ParitySpeech(new StudentContracts(student.Architecture), RealSpeech.LogMel, RealSpeech.LogF0);
        Assert.That(Offenders(student, speech), Is.Empty);
    }

    [Test]
    public void A_student_computes_the_same_in_ONNX_Runtime([Values] TimbrePath timbre, [Values(1UL, 2UL, 3UL)] ulong seed)
    {
        using var student = StudentNetworks.Untrained(SmallStudent.Architecture with { Timbre = timbre }, seed);
        var speech = new ParitySpeech(new StudentContracts(student.Architecture), RealSpeech.Part(6, 120), RealSpeech.LogF0[100..220]);
        Assert.That(Offenders(student, speech), Is.Empty);
    }

    [Test]
    public void A_weight_that_was_changed_is_found_out()
    {
        using var student = StudentNetworks.Untrained(SmallStudent.Architecture, 1);
        using var other = StudentNetworks.Untrained(SmallStudent.Architecture, 2);
        var speech = new ParitySpeech(new StudentContracts(student.Architecture), RealSpeech.Part(6, 120), RealSpeech.LogF0[100..220]);
        var figures = new StudentParity(student, SmallStudent.Statistics(6)).Compare(Models(other), speech);
        Assert.That(figures.Where(figure => figure.Case == "speech" && figure.Output != "lora_delta").Select(figure => figure.Deviation), Is.All.GreaterThan(Allowed));
    }

    private static IEnumerable<ParityFigure> Offenders(StudentNetworks student, ParitySpeech speech)
    {
        var figures = new StudentParity(student, SmallStudent.Statistics(student.Architecture.Mels)).Compare(Models(student), speech);
        Assert.That(figures, Has.Count.EqualTo(4 * 13)); // cases, outputs
        foreach (var figure in figures.Where(figure => figure.Case == "speech")) TestContext.Out.WriteLine($"{figure}");
        return figures.Where(figure => !(figure.Deviation <= Allowed));
    }

    private static Dictionary<string, byte[]> Models(StudentNetworks student) =>
        ExportedStudent.Of(student, SmallStudent.Statistics(student.Architecture.Mels)).ToDictionary(model => model.Contract.Name, model => model.Bytes());
}
