namespace Tmrvc.Audio;

/// <summary>
/// The most probable sequence of candidates and unvoiced frames (Viterbi): F0 moves little from frame to frame, voicing changes
/// rarely. States are the frame's own candidates, so nothing is quantised.
/// </summary>
internal sealed class PitchPath(PitchSettings settings)
{
    private readonly double stayCost = -Math.Log(1 - settings.VoicingChange);
    private readonly double changeCost = -Math.Log(settings.VoicingChange);
    private readonly List<State[]> frames = [];

    /// <param name="Log2Hertz">NaN for the unvoiced state.</param>
    /// <param name="Cost">Negative log probability of the best path that ends here.</param>
    /// <param name="Previous">That path's state in the frame before.</param>
    private readonly record struct State(double Log2Hertz, double Cost, int Previous)
    {
        internal bool IsVoiced => !double.IsNaN(Log2Hertz);
    }

    /// <summary>The next frame; no candidates for one that is certainly unvoiced.</summary>
    internal void Add(IReadOnlyList<PitchCandidate> candidates)
    {
        State[] before = frames.Count == 0 ? [new State(double.NaN, 0, 0)] : frames[^1];
        var states = new State[candidates.Count + 1];
        var unvoiced = 1.0;
        for (var i = 0; i < candidates.Count; i++)
        {
            states[i + 1] = BestInto(before, Math.Log2(candidates[i].Hertz), candidates[i].Probability);
            unvoiced -= candidates[i].Probability;
        }
        states[0] = BestInto(before, double.NaN, unvoiced);
        frames.Add(states);
    }

    /// <returns>[T] Hz, 0 where unvoiced.</returns>
    internal float[] Trace()
    {
        var hertz = new float[frames.Count];
        var state = hertz.Length == 0 ? 0 : IndexOfCheapest(frames[^1]);
        for (var frame = hertz.Length - 1; frame >= 0; frame--)
        {
            var reached = frames[frame][state];
            hertz[frame] = reached.IsVoiced ? (float)Math.Pow(2, reached.Log2Hertz) : 0;
            state = reached.Previous;
        }
        return hertz;
    }

    private State BestInto(State[] before, double log2Hertz, double probability)
    {
        var (best, bestCost) = (0, double.PositiveInfinity);
        for (var i = 0; i < before.Length; i++)
        {
            var cost = before[i].Cost + TransitionCost(before[i].Log2Hertz, log2Hertz);
            if (cost < bestCost)
                (best, bestCost) = (i, cost);
        }
        return new State(log2Hertz, bestCost - Math.Log(Math.Max(probability, 1e-9)), best);
    }

    private double TransitionCost(double from, double to)
    {
        if (double.IsNaN(from) != double.IsNaN(to))
            return changeCost;
        return double.IsNaN(to) ? stayCost : stayCost + Math.Abs(to - from) / settings.OctavesPerFrame;
    }

    private static int IndexOfCheapest(State[] states)
    {
        var best = 0;
        for (var i = 1; i < states.Length; i++)
            if (states[i].Cost < states[best].Cost)
                best = i;
        return best;
    }
}
