namespace Tmrvc.Audio;

/// <summary>A file as decoded, before anything is done to it.</summary>
/// <param name="Audio">The mean of the channels.</param>
/// <param name="Channels">One or more.</param>
/// <param name="PowerKept">
/// Power of the mean over the mean power of the channels, 0 to 1: 1 for one channel or equal ones, ½ for two that have nothing in common,
/// 0 for two in antiphase, which cancel.
/// </param>
public sealed record DecodedFile(AudioBuffer Audio, IReadOnlyList<ChannelLevel> Channels, double PowerKept)
{
    /// <summary>As if a file of one channel had held the samples.</summary>
    public static DecodedFile Of(AudioBuffer audio)
    {
        var levels = new ChannelLevels(1);
        levels.Add(audio.Samples, audio.Samples);
        return levels.Describe(audio);
    }
}

/// <summary>One channel of a file.</summary>
/// <param name="Peak">The largest magnitude of a sample; full scale is 1.</param>
/// <param name="FullScaleShare">Share of samples at 0.999 of full scale or above, 0 to 1.</param>
public readonly record struct ChannelLevel(float Peak, double FullScaleShare);
