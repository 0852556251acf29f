using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>The shape of a teacher's vocoder. The defaults suit a CPU; 512 channels and 8 blocks are those of Vocos.</summary>
public sealed record VocoderArchitecture : IValidated
{
    public int Mels { get; init; } = 80;

    public int Channels { get; init; } = 256;

    public int Blocks { get; init; } = 5;

    /// <summary>Width of a block's hidden layer, in channels.</summary>
    public int Expansion { get; init; } = 3;

    /// <summary>Frames seen by each depthwise convolution, odd.</summary>
    public int Kernel { get; init; } = 7;

    /// <summary>Samples of the inverse transform, even.</summary>
    public int NFft { get; init; } = 1024;

    /// <summary>Samples under the synthesis window, a multiple of <see cref="HopLength"/>, at most <see cref="NFft"/>.</summary>
    public int WindowLength { get; init; } = 960;

    /// <summary>Samples from one frame to the next.</summary>
    public int HopLength { get; init; } = 240;

    /// <summary>NFft/2 + 1.</summary>
    public int Bins => NFft / 2 + 1;

    /// <summary>Frames that a sample needs beyond its own: those whose windows begin before it and end after it.</summary>
    public int FramesAhead => WindowLength / HopLength - 1;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, value) in new[] { ("mels", Mels), ("channels", Channels), ("blocks", Blocks), ("expansion", Expansion) })
            if (value < 1) yield return (name, $"{value}: 1 or more is allowed.");
        if (Kernel < 1 || Kernel % 2 == 0) yield return ("kernel", $"{Kernel}: a positive odd number is allowed.");
        if (HopLength < 1 || WindowLength < HopLength || WindowLength % HopLength != 0)
            yield return ("window_length", $"{WindowLength} samples at a hop of {HopLength}: a multiple of the hop is allowed.");
        if (NFft % 2 != 0 || NFft < WindowLength) yield return ("n_fft", $"{NFft}: an even number from {WindowLength} up is allowed.");
    }
}
