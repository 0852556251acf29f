namespace Tmrvc.Audio;

/// <summary>The most probable sequence of candidates and unvoiced frames (Viterbi).</summary>
internal sealed class PitchPath(PitchSettings settings)
{
    private readonly PitchStates transition = new(settings);
    private readonly List<PitchState[]> frames = [];

    /// <summary>The next frame; no candidates for one that is certainly unvoiced.</summary>
    internal void Add(List<PitchCandidate> candidates)
    {
        var states = new PitchState[candidates.Count + 1];
        transition.Advance(frames.Count == 0 ? [PitchState.Beginning] : frames[^1], candidates, states);
        frames.Add(states);
    }

    /// <returns>[T] Hz, 0 where unvoiced.</returns>
    internal float[] Trace()
    {
        var hertz = new float[frames.Count];
        var state = hertz.Length == 0 ? 0 : PitchStates.IndexOfCheapest(frames[^1]);
        for (var frame = hertz.Length - 1; frame >= 0; frame--)
        {
            hertz[frame] = frames[frame][state].Hertz;
            state = frames[frame][state].Previous;
        }
        return hertz;
    }
}
