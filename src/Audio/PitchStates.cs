namespace Tmrvc.Audio;

/// <param name="Log2Hertz">NaN for the unvoiced state.</param>
/// <param name="Cost">Negative log probability of the best path that ends here.</param>
/// <param name="Previous">That path's state in the frame before.</param>
internal readonly record struct PitchState(double Log2Hertz, double Cost, int Previous)
{
    internal static readonly PitchState Beginning = new(double.NaN, 0, 0);

    /// <summary>0 where unvoiced.</summary>
    internal float Hertz => double.IsNaN(Log2Hertz) ? 0 : (float)Math.Pow(2, Log2Hertz);
}

/// <summary>
/// From the states of one frame to those of the next: F0 moves little from frame to frame, voicing changes rarely. States are the
/// frame's own candidates, so nothing is quantised.
/// </summary>
internal sealed class PitchStates(PitchSettings settings)
{
    private readonly double stayCost = -Math.Log(1 - settings.VoicingChange);
    private readonly double changeCost = -Math.Log(settings.VoicingChange);

    /// <param name="candidates">[N], none for a frame that is certainly unvoiced.</param>
    /// <param name="after">[N + 1]; the first is the unvoiced one.</param>
    internal void Advance(ReadOnlySpan<PitchState> before, List<PitchCandidate> candidates, Span<PitchState> after)
    {
        var unvoiced = 1.0;
        for (var i = 0; i < candidates.Count; i++)
        {
            after[i + 1] = BestInto(before, Math.Log2(candidates[i].Hertz), candidates[i].Probability);
            unvoiced -= candidates[i].Probability;
        }
        after[0] = BestInto(before, double.NaN, unvoiced);
    }

    internal static int IndexOfCheapest(ReadOnlySpan<PitchState> states)
    {
        var best = 0;
        for (var i = 1; i < states.Length; i++)
            if (states[i].Cost < states[best].Cost)
                best = i;
        return best;
    }

    private PitchState BestInto(ReadOnlySpan<PitchState> before, double log2Hertz, double probability)
    {
        var (best, bestCost) = (0, double.PositiveInfinity);
        for (var i = 0; i < before.Length; i++)
        {
            var cost = before[i].Cost + TransitionCost(before[i].Log2Hertz, log2Hertz);
            if (cost < bestCost)
                (best, bestCost) = (i, cost);
        }
        return new PitchState(log2Hertz, bestCost - Math.Log(Math.Max(probability, 1e-9)), best);
    }

    private double TransitionCost(double from, double to)
    {
        if (double.IsNaN(from) != double.IsNaN(to))
            return changeCost;
        return double.IsNaN(to) ? stayCost : stayCost + Math.Abs(to - from) / settings.OctavesPerFrame;
    }
}
