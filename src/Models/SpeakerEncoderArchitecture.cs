using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>The shape of a speaker encoder. The defaults suit a corpus of a few voices on a CPU; 512 channels and scale 8 are the paper's.</summary>
public sealed record SpeakerEncoderArchitecture : IValidated
{
    public int Mels { get; init; } = 80;

    public int Embedding { get; init; } = 192;

    public int Channels { get; init; } = 128;

    /// <summary>Groups of channels inside a Res2 convolution.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>Width of the squeeze-excitation and attention bottlenecks.</summary>
    public int Squeeze { get; init; } = 64;

    /// <summary>One block each.</summary>
    public IReadOnlyList<int> Dilations { get; init; } = [2, 3, 4];

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Mels < 1 || Embedding < 1 || Squeeze < 1)
            yield return ("embedding", $"{Mels} mels, {Embedding} values, squeeze {Squeeze}: positive numbers are allowed.");
        if (Scale < 2 || Channels < Scale || Channels % Scale != 0)
            yield return ("channels", $"{Channels} channels in {Scale} groups: at least two groups of equal size are allowed.");
        if (Dilations.Count == 0 || Dilations.Any(dilation => dilation < 1))
            yield return ("dilations", $"[{string.Join(", ", Dilations)}]: at least one, each positive, is allowed.");
    }
}
