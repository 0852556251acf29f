using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>What a teacher is to say, and how.</summary>
public record RenditionSettings : IValidated
{
    /// <summary>Decides stretches, voices and noise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Longer utterances are cropped to this many frames, at a random position.</summary>
    public int Frames { get; init; } = 400;

    /// <summary>Shorter utterances are left out.</summary>
    public int MinFrames { get; init; } = 50;

    /// <summary>Times that each utterance is said, from other noise each time.</summary>
    public int PerUtterance { get; init; } = 1;

    /// <summary>Probability of saying it in another speaker's voice.</summary>
    public double Conversions { get; init; } = 0.5;

    /// <summary>Steps of Euler's method.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Scale of classifier-free guidance; 1 is none.</summary>
    public double Guidance { get; init; } = 1;

    /// <summary>Renditions at the same time.</summary>
    public int BatchSize { get; init; } = 32;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, value) in new[] { ("min_frames", MinFrames), ("per_utterance", PerUtterance), ("steps", Steps), ("batch_size", BatchSize) })
            if (value < 1) yield return (name, $"{value}: 1 or more is allowed.");
        if (Frames < MinFrames) yield return ("frames", $"{Frames}: min_frames ({MinFrames}) or more is allowed.");
        if (Conversions is not (>= 0 and <= 1)) yield return ("conversions", $"{Conversions}: from 0 to 1 is allowed.");
        if (!(Guidance >= 0)) yield return ("guidance", $"{Guidance}: 0 or more is allowed.");
        foreach (var mistake in OwnMistakes()) yield return mistake;
    }

    protected virtual IEnumerable<(string Property, string Message)> OwnMistakes() => [];
}
