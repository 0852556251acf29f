namespace Tmrvc.BuildGraph;

/// <summary>By how many processes a stage's model is trained.</summary>
/// <param name="Obstacle">Why by one, where more were asked for; null when all is as asked.</param>
public sealed record TrainingProcesses(int Count, string? Obstacle = null)
{
    public static readonly TrainingProcesses One = new(1);
}
