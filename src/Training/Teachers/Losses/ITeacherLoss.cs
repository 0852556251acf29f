namespace Tmrvc.Training;

/// <summary>One term of a teacher phase's loss.</summary>
public interface ITeacherLoss
{
    LossTerm Evaluate(FlowPrediction prediction);
}
