using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>What the evaluation of a student reads from other stages.</summary>
/// <param name="Teacher">As its own evaluation reads it.</param>
/// <param name="Models">The folder that holds fp32/ and int8/.</param>
/// <param name="Student">The folder of weights.</param>
public sealed record StudentEvaluationInputs(TeacherEvaluationInputs Teacher, StageInput.Output Models, StageInput.Output Student);
