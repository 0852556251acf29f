using System.Text.Json.Serialization;
using Tmrvc.Configuration;

namespace Tmrvc.Features;

/// <summary>
/// How often and how far utterances of a batch are changed. Probabilities are per utterance and independent. (Dropped content and
/// disturbed speaker embeddings need no waveform: they are options of the flow objective.)
/// </summary>
public sealed record AugmentationSettings : IValidated
{
    /// <summary>Probability of a room: an impulse response out of all corpora of them.</summary>
    public double RoomProbability { get; init; } = 0.5;

    /// <summary>Probability of a low or a high shelf, as of another microphone.</summary>
    public double ShelfProbability { get; init; } = 0.3;

    /// <summary>Largest decibels of a shelf, up or down.</summary>
    public double ShelfDecibels { get; init; } = 6;

    /// <summary>Probability of noise: one of <see cref="NoiseKind"/>.</summary>
    public double NoiseProbability { get; init; } = 0.3;

    /// <summary>Decibels, speech to noise.</summary>
    public double LeastSnr { get; init; } = 15;

    /// <summary>Decibels, speech to noise.</summary>
    public double MostSnr { get; init; } = 40;

    /// <summary>Probability of another F0.</summary>
    public double PitchProbability { get; init; } = 0.3;

    /// <summary>Largest shift of F0, up or down.</summary>
    public double PitchSemitones { get; init; } = 2;

    /// <summary>Utterances at the same time; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    [JsonIgnore]
    public int Workers { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (property, probability) in new[]
            { ("room_probability", RoomProbability), ("shelf_probability", ShelfProbability),
              ("noise_probability", NoiseProbability), ("pitch_probability", PitchProbability) })
            if (probability is not (>= 0 and <= 1))
                yield return (property, $"found {probability}, 0 to 1 is allowed");
        if (ShelfDecibels is not (>= 0 and <= 24))
            yield return ("shelf_decibels", $"found {ShelfDecibels}, 0 to 24 are allowed");
        if (PitchSemitones is not (>= 0 and <= 6))
            yield return ("pitch_semitones", $"found {PitchSemitones}, 0 to 6 are allowed");
        if (LeastSnr is not (>= -20 and <= 100))
            yield return ("least_snr", $"found {LeastSnr}, -20 to 100 dB are allowed");
        if (!(MostSnr >= LeastSnr) || MostSnr > 100)
            yield return ("most_snr", $"found {MostSnr}, least_snr ({LeastSnr}) to 100 dB are allowed");
        if (Workers < 0)
            yield return ("workers", $"found {Workers}, 0 or more is allowed");
    }
}
