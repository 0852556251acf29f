namespace Tmrvc.Audio;

/// <summary>
/// <see cref="Pitch"/> one hop at a time: of each frame the state that is most probable after all before it, for nothing is known of
/// those that follow. Allocates nothing once made. One instance per stream.
/// </summary>
public sealed class PitchStream
{
    /// <summary>
    /// A change of voicing is believed at once: with the whole path's 0.01, two frames late. Against <see cref="Pitch"/> on real speech, 90 to 98 %
    /// of frames agree in voicing, and of those voiced in both 98.5 to 100 % within 3 % in F0.
    /// </summary>
    private static readonly PitchSettings Prompt = new() { VoicingChange = 0.3 };

    private readonly LowPass lowPass;
    private readonly PitchFrame candidates;
    private readonly PitchStates transition;
    private readonly float[] frame;
    private readonly int hopLength;
    private readonly List<PitchCandidate> found;
    private PitchState[] before;
    private PitchState[] after;
    private int states;

    /// <exception cref="ArgumentException">Two thirds of the analysis window hold no period of the lowest F0.</exception>
    public PitchStream(SignalParameters parameters, PitchSettings? settings = null)
    {
        settings ??= Prompt;
        hopLength = parameters.HopLength;
        lowPass = new LowPass(parameters.SampleRate);
        candidates = new PitchFrame(parameters, settings);
        transition = new PitchStates(settings);
        frame = new float[parameters.WindowLength];
        found = new List<PitchCandidate>(candidates.MostCandidates);
        before = new PitchState[candidates.MostCandidates + 1];
        after = new PitchState[candidates.MostCandidates + 1];
        Reset();
    }

    /// <param name="hop">[240] the newest samples.</param>
    /// <returns>Hz of the frame that ends with them, 0 where unvoiced.</returns>
    public float Push(ReadOnlySpan<float> hop)
    {
        if (hop.Length != hopLength)
            throw new ArgumentException($"PitchStream: found {hop.Length} samples; one hop is {hopLength}.", nameof(hop));
        frame.AsSpan(hopLength).CopyTo(frame);
        lowPass.Filter(hop, frame.AsSpan(frame.Length - hopLength));
        candidates.Find(frame, found);
        transition.Advance(before.AsSpan(0, states), found, after);
        states = found.Count + 1;
        (before, after) = (after, before);
        return Settle();
    }

    /// <summary>Back to silence.</summary>
    public void Reset()
    {
        Array.Clear(frame);
        lowPass.Reset();
        (before[0], states) = (PitchState.Beginning, 1);
    }

    /// <summary>Only differences of costs count: the least becomes 0, so that hours add up to nothing.</summary>
    private float Settle()
    {
        var current = before.AsSpan(0, states);
        var cheapest = current[PitchStates.IndexOfCheapest(current)];
        foreach (ref var state in current)
            state = state with { Cost = state.Cost - cheapest.Cost };
        return cheapest.Hertz;
    }
}
