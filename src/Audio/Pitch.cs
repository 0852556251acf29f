namespace Tmrvc.Audio;

/// <summary>
/// F0 after pYIN (Mauch and Dixon 2014), in the frames of <see cref="LogMel"/>: frame f sees samples
/// [hop·(f + 1) − window, hop·(f + 1)), zeros before the start. One instance per thread.
/// </summary>
public sealed class Pitch
{
    private readonly SignalParameters parameters;
    private readonly PitchSettings settings;
    private readonly PitchFrame candidates;
    private readonly LowPass lowPass;

    /// <exception cref="ArgumentException">Two thirds of the analysis window hold no period of the lowest F0.</exception>
    public Pitch(SignalParameters parameters, PitchSettings? settings = null)
    {
        this.parameters = parameters;
        this.settings = settings ?? new PitchSettings();
        candidates = new PitchFrame(parameters, this.settings);
        lowPass = new LowPass(parameters.SampleRate);
    }

    /// <param name="samples">[N] at the parameters' sample rate.</param>
    /// <returns>[T] Hz, 0 where unvoiced, T = floor(N/240).</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var signal = new float[parameters.WindowLength - parameters.HopLength + samples.Length];
        lowPass.Reset();
        lowPass.Filter(samples, signal.AsSpan(parameters.WindowLength - parameters.HopLength));
        var path = new PitchPath(settings);
        var found = new List<PitchCandidate>();
        for (var frame = 0; frame < parameters.Frames(samples.Length); frame++)
        {
            candidates.Find(signal.AsSpan(frame * parameters.HopLength, parameters.WindowLength), found);
            path.Add(found);
        }
        return path.Trace();
    }
}
