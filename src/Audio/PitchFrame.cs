namespace Tmrvc.Audio;

/// <summary>The candidates of one frame of filtered samples; none where it is silent. One instance per thread.</summary>
internal sealed class PitchFrame
{
    private readonly DifferenceFunction difference;
    private readonly PitchCandidates candidates;
    private readonly double silencePower;
    private readonly float[] normalised;

    /// <exception cref="ArgumentException">Two thirds of the analysis window hold no period of the lowest F0.</exception>
    internal PitchFrame(SignalParameters parameters, PitchSettings settings)
    {
        var (maxLag, most) = (settings.LongestLag(parameters.SampleRate), PitchSettings.MostLags(parameters.WindowLength));
        if (maxLag > most)
            throw new ArgumentException(
                $"Pitch: {settings.MinHertz} Hz has a period of {maxLag - 1} samples; {most} fit the window.");
        difference = new DifferenceFunction(FrameSpectrum.PeriodicHann(parameters.WindowLength), maxLag);
        candidates = new PitchCandidates(parameters.SampleRate, settings);
        silencePower = Math.Pow(10, settings.SilenceDb / 10);
        normalised = new float[maxLag + 1];
    }

    /// <summary>Two minima are two lags apart at least.</summary>
    internal int MostCandidates => normalised.Length / 2;

    /// <param name="frame">[960]</param>
    /// <param name="found">Cleared, then filled.</param>
    internal void Find(ReadOnlySpan<float> frame, List<PitchCandidate> found)
    {
        found.Clear();
        if (difference.Compute(frame, normalised) > silencePower)
            candidates.Find(normalised, found);
    }
}
