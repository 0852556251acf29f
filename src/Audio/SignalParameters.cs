using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>The part of configs/constants.yaml that defines frames and mel bands.</summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="NFft">Samples, even, at least <paramref name="WindowLength"/>.</param>
/// <param name="HopLength">Samples from one frame to the next.</param>
/// <param name="WindowLength">Samples under the analysis window, at least <paramref name="HopLength"/>.</param>
/// <param name="NMels">Bands.</param>
/// <param name="MelFmin">Hertz.</param>
/// <param name="MelFmax">Hertz, at most half the sample rate.</param>
/// <param name="LogFloor">Band power below which the logarithm is not taken.</param>
public sealed record SignalParameters(
    int SampleRate, int NFft, int HopLength, int WindowLength, int NMels, double MelFmin, double MelFmax, double LogFloor)
{
    public static SignalParameters From(Constants constants) => new(
        constants.SampleRate, constants.NFft, constants.HopLength, constants.WindowLength,
        constants.NMels, constants.MelFmin, constants.MelFmax, constants.LogFloor);

    /// <summary>NFft/2 + 1.</summary>
    public int NFreqBins => NFft / 2 + 1;

    /// <summary>Whole hops in a signal of <paramref name="samples"/> samples.</summary>
    public int Frames(int samples) => samples / HopLength;
}
