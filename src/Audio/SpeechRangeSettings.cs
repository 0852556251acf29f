using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>How a score per window becomes ranges of speech. The defaults are those of Silero's own reference.</summary>
public sealed record SpeechRangeSettings : IValidated
{
    /// <summary>Score from which on speech starts.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Speech ends only when the score is this far below the threshold.</summary>
    public double Hysteresis { get; init; } = 0.15;

    /// <summary>Shorter speech is dropped.</summary>
    public double MinSpeechSeconds { get; init; } = 0.25;

    /// <summary>Shorter silence does not end speech.</summary>
    public double MinSilenceSeconds { get; init; } = 0.1;

    /// <summary>Added on both sides, half of a gap at most.</summary>
    public double PaddingSeconds { get; init; } = 0.03;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Threshold is not (> 0 and <= 1))
            yield return ("threshold", $"is {Threshold}; above 0 to 1 is allowed");
        if (Hysteresis is not (>= 0 and < 1))
            yield return ("hysteresis", $"is {Hysteresis}; 0 to below 1 is allowed");
        foreach (var (property, seconds) in ((string, double)[])
            [("min_speech_seconds", MinSpeechSeconds), ("min_silence_seconds", MinSilenceSeconds), ("padding_seconds", PaddingSeconds)])
            if (!(seconds >= 0))
                yield return (property, $"is {seconds}; 0 or more is allowed");
    }
}
