using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>What the exported student says is all numbers, and its figures reach their bars, those of its teacher among them.</summary>
/// <param name="evaluation">The folder an <see cref="EvaluateStudentStage"/> left.</param>
public sealed class StudentGate(StageId id, StudentGateSettings settings, StageInput.Output evaluation) : GateStage(id)
{
    public override string Description => "Judges the student by its conversions";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [evaluation];

    public override object Settings => settings;

    public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation) => Task.FromResult(new GateVerdict(
        [.. new StudentChecks(EvaluationReport.Read(Path.Combine(run.Input(evaluation.Name), EvaluationReport.FileName))).All(settings)]));
}
