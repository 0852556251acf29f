namespace Tmrvc.Audio;

/// <summary><see cref="LogMel"/> one hop at a time, starting from silence. One instance per stream.</summary>
public sealed class LogMelStream(SignalParameters parameters)
{
    private readonly LogMel logMel = new(parameters);
    private readonly float[] frame = new float[parameters.WindowLength];

    /// <param name="hop">[240] the newest samples.</param>
    /// <param name="column">[80] the frame that ends with them.</param>
    public void Push(ReadOnlySpan<float> hop, Span<float> column)
    {
        if (hop.Length != parameters.HopLength)
            throw new ArgumentException($"LogMelStream: found {hop.Length} samples; one hop is {parameters.HopLength}.", nameof(hop));
        frame.AsSpan(hop.Length).CopyTo(frame);
        hop.CopyTo(frame.AsSpan(frame.Length - hop.Length));
        logMel.ComputeFrame(frame, column);
    }

    /// <summary>Back to silence.</summary>
    public void Reset() => Array.Clear(frame);
}
