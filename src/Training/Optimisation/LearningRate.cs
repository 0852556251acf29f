namespace Tmrvc.Training;

/// <summary>How the learning rate moves over a phase.</summary>
public enum LearningRateShape
{
    /// <summary>The same from the end of the warm-up to the last step.</summary>
    Constant,

    /// <summary>Half a cosine from the peak after the warm-up to zero after the last step (Loshchilov and Hutter, 2017, without restarts).</summary>
    Cosine,
}

/// <param name="Peak">Learning rate at the end of the warm-up.</param>
/// <param name="Steps">Length of the phase, warm-up included.</param>
/// <param name="WarmUp">Steps over which the rate rises linearly: step 0 has Peak / WarmUp.</param>
public sealed record LearningRate(LearningRateShape Shape, double Peak, long Steps, long WarmUp = 0)
{
    /// <param name="step">Counted from 0.</param>
    public double At(long step)
    {
        if (step < WarmUp) return Peak * (step + 1) / WarmUp;
        if (Shape == LearningRateShape.Constant) return Peak;
        var progress = (step - WarmUp) / (double)Math.Max(1, Steps - WarmUp);
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }
}
