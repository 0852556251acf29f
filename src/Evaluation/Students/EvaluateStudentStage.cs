using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>
/// Converts held-out utterances by the exported student, hop by hop as <c>Convert</c> does, in float32 and INT8, beside its teacher and
/// beside converters that see other numbers of frames ahead.
/// </summary>
/// <param name="evaluation">Of the teacher.</param>
/// <param name="features">As they were extracted: what tracked their F0 also follows what is spoken.</param>
public sealed class EvaluateStudentStage(
    StageId id, StudentEvaluationSettings settings, TeacherEvaluationSettings evaluation, Constants constants, FeaturesSettings features,
    StudentEvaluationInputs inputs) : ActionStage(id)
{
    private readonly SignalParameters _signal = SignalParameters.From(constants);
    private readonly EvaluateTeacherStage _teacher = new(id, settings.Over(evaluation), SignalParameters.From(constants), features, inputs.Teacher);

    public override string Description => "The student's conversions beside its teacher's, and their figures";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        inputs.Models, inputs.Student, .. inputs.Teacher.All(comparesVoices: true), TorchLibrary.Tool,
        .. AudioTools.Of([.. _teacher.Libraries().Append(AudioLibrary.OnnxRuntime).Append(AudioLibrary.Resampler).Append(AudioLibrary.Loudness).Distinct()]),
    ];

    public override IReadOnlyList<string> Outputs => [EvaluateTeacherStage.Evaluation];

    public override object Settings => new StudentEvaluationStageSettings(settings, (TeacherEvaluationStageSettings)_teacher.Settings, constants);

    public override StageResources Resources => _teacher.Resources;

    public override Task RunAsync(StageRun run, CancellationToken cancellation) => Task.Run(() => Run(run, cancellation), cancellation);

    private void Run(StageRun run, CancellationToken cancellation)
    {
        var asked = settings.Over(evaluation);
        using var tf32 = new Tf32Scope(Precision.Float32);
        using var bench = new EvaluationBench(run, asked, _signal, features, inputs.Teacher, asked.Device.Prepare(asked.Threads));
        using var systems = new StudentSystems(bench, settings, constants, run.Input(inputs.Models.Name), run.Input(inputs.Student.Name), run.Input(inputs.Teacher.Statistics.Name));
        var report = new StudentEvaluator(bench, systems, _signal, settings).Evaluate(run.Output(EvaluateTeacherStage.Evaluation), run.Progress, cancellation);
        foreach (var system in report.Systems ?? [])
            foreach (var figure in system.Figures.Where(figure => figure.Value is not null))
                run.Metric($"{system.Name}: {figure.Name}", figure.Value!.Value);
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record StudentEvaluationStageSettings(StudentEvaluationSettings Student, TeacherEvaluationStageSettings Teacher, Constants Constants);
