namespace Tmrvc.Audio;

/// <summary>
/// F0 after pYIN (Mauch and Dixon 2014), in the frames of <see cref="LogMel"/>: frame f sees samples
/// [hop·(f + 1) − window, hop·(f + 1)), zeros before the start. One instance per thread.
/// </summary>
public sealed class Pitch
{
    private readonly SignalParameters parameters;
    private readonly PitchSettings settings;
    private readonly DifferenceFunction difference;
    private readonly PitchCandidates candidates;
    private readonly LowPass lowPass;
    private readonly double silencePower;

    /// <exception cref="ArgumentException">Two thirds of the analysis window hold no period of the lowest F0.</exception>
    public Pitch(SignalParameters parameters, PitchSettings? settings = null)
    {
        this.parameters = parameters;
        this.settings = settings ?? new PitchSettings();
        var maxLag = (int)Math.Ceiling(parameters.SampleRate / this.settings.MinHertz) + 1;
        if (maxLag > parameters.WindowLength * 2 / 3)
            throw new ArgumentException(
                $"Pitch: {this.settings.MinHertz} Hz has a period of {maxLag - 1} samples; {parameters.WindowLength * 2 / 3} fit the window.");
        difference = new DifferenceFunction(FrameSpectrum.PeriodicHann(parameters.WindowLength), maxLag);
        candidates = new PitchCandidates(parameters.SampleRate, this.settings);
        lowPass = new LowPass(parameters.SampleRate);
        silencePower = Math.Pow(10, this.settings.SilenceDb / 10);
    }

    /// <param name="samples">[N] at the parameters' sample rate.</param>
    /// <returns>[T] Hz, 0 where unvoiced, T = floor(N/240).</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var signal = new float[parameters.WindowLength - parameters.HopLength + samples.Length];
        lowPass.Filter(samples, signal.AsSpan(parameters.WindowLength - parameters.HopLength));
        var path = new PitchPath(settings);
        var normalised = new float[difference.MaxLag + 1];
        var found = new List<PitchCandidate>();
        for (var frame = 0; frame < parameters.Frames(samples.Length); frame++)
        {
            found.Clear();
            var power = difference.Compute(signal.AsSpan(frame * parameters.HopLength, parameters.WindowLength), normalised);
            if (power > silencePower)
                candidates.Find(normalised, found);
            path.Add(found);
        }
        return path.Trace();
    }
}
