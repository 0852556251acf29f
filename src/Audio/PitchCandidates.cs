namespace Tmrvc.Audio;

/// <summary>
/// The candidates of one frame after pYIN (Mauch and Dixon 2014): every threshold of a Beta(2, β) prior picks the first minimum of
/// the difference function below it, and a minimum's probability is the prior's mass of the thresholds that pick it.
/// </summary>
internal sealed class PitchCandidates(int sampleRate, PitchSettings settings)
{
    /// <summary>Share of a threshold's mass that goes to the deepest minimum when none lies below it.</summary>
    private const double NoneBelowShare = 0.01;

    /// <summary>Share of its own mass that a minimum keeps when thresholds pick an earlier one.</summary>
    private const double NotFirstShare = 0.02;

    private readonly int minLag = Math.Max(2, (int)(sampleRate / settings.MaxHertz));

    /// <param name="normalised">[lags] from <see cref="DifferenceFunction"/>.</param>
    /// <param name="candidates">Cleared, then filled by ascending lag.</param>
    internal void Find(ReadOnlySpan<float> normalised, List<PitchCandidate> candidates)
    {
        candidates.Clear();
        var deepest = -1;
        var deepestDepth = 1.0;
        for (var lag = minLag; lag < normalised.Length - 1; lag++)
        {
            var depth = normalised[lag];
            if (depth >= 1 || depth > normalised[lag - 1] || depth >= normalised[lag + 1])
                continue;
            var hertz = sampleRate / InterpolatedLag(normalised, lag);
            var picked = Math.Max(0, PriorBelow(deepestDepth) - PriorBelow(depth));
            candidates.Add(new PitchCandidate(hertz, picked + NotFirstShare * (1 - PriorBelow(depth))));
            if (depth < deepestDepth)
                (deepest, deepestDepth) = (candidates.Count - 1, depth);
        }
        if (deepest >= 0)
            candidates[deepest] = candidates[deepest] with
            {
                Probability = candidates[deepest].Probability + NoneBelowShare * PriorBelow(deepestDepth),
            };
    }

    /// <summary>Cumulative Beta(2, β).</summary>
    private double PriorBelow(double depth) =>
        1 - Math.Pow(1 - depth, settings.ThresholdBeta) * (1 + settings.ThresholdBeta * depth);

    /// <summary>The vertex of the parabola through the minimum and its neighbours.</summary>
    private static double InterpolatedLag(ReadOnlySpan<float> values, int lag)
    {
        double before = values[lag - 1], at = values[lag], after = values[lag + 1];
        var curvature = before - 2 * at + after;
        return curvature > 0 ? lag + 0.5 * (before - after) / curvature : lag;
    }
}
