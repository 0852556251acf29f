namespace Tmrvc.Audio;

/// <summary>
/// Log-mel spectrogram of causal frames: frame f covers samples [hop·(f + 1) − window, hop·(f + 1)), zeros before the start.
/// Natural logarithm of max(band power, floor). One instance per thread.
/// </summary>
public sealed class LogMel
{
    private readonly SignalParameters parameters;
    private readonly FrameSpectrum analysis;
    private readonly MelFilterbank filterbank;
    private readonly ComplexFloat[] spectrum;
    private readonly float[] power;

    public LogMel(SignalParameters parameters)
    {
        this.parameters = parameters;
        analysis = new FrameSpectrum(parameters);
        filterbank = new MelFilterbank(parameters);
        spectrum = new ComplexFloat[parameters.NFreqBins];
        power = new float[parameters.NFreqBins];
    }

    /// <param name="samples">[N] at the parameters' sample rate.</param>
    /// <returns>[80, T], row-major, T = floor(N/240).</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var frames = parameters.Frames(samples.Length);
        var logMel = new float[parameters.NMels * frames];
        var padded = new float[parameters.WindowLength - parameters.HopLength + samples.Length];
        samples.CopyTo(padded.AsSpan(parameters.WindowLength - parameters.HopLength));
        Span<float> column = stackalloc float[parameters.NMels];
        for (var frame = 0; frame < frames; frame++)
        {
            ComputeFrame(padded.AsSpan(frame * parameters.HopLength, parameters.WindowLength), column);
            for (var band = 0; band < column.Length; band++)
                logMel[band * frames + frame] = column[band];
        }
        return logMel;
    }

    /// <param name="frame">[960] the samples that the frame covers.</param>
    /// <param name="logMel">[80]</param>
    public void ComputeFrame(ReadOnlySpan<float> frame, Span<float> logMel)
    {
        analysis.Compute(frame, spectrum);
        for (var bin = 0; bin < power.Length; bin++)
            power[bin] = spectrum[bin].Power;
        filterbank.Apply(power, logMel);
        for (var band = 0; band < parameters.NMels; band++)
            logMel[band] = MathF.Log(MathF.Max(logMel[band], (float)parameters.LogFloor));
    }
}
