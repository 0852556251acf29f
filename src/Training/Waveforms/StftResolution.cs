namespace Tmrvc.Training;

/// <summary>How a waveform is cut for a short-time spectrum, in samples.</summary>
/// <param name="NFft">Even.</param>
/// <param name="Window">At most <paramref name="NFft"/>; a periodic Hann window.</param>
public sealed record StftResolution(int NFft, int Hop, int Window)
{
    /// <summary>Those of the teacher's spectral loss.</summary>
    public static readonly IReadOnlyList<StftResolution> Standard = [new(256, 64, 256), new(512, 128, 512), new(1024, 240, 960)];
}
