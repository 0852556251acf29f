namespace Tmrvc.Evaluation;

/// <summary>How like each known voice one piece of speech is: mean cosines to recordings of each.</summary>
public sealed class Likeness(IReadOnlyDictionary<int, double> bySpeaker)
{
    /// <summary>Null where nothing is known of the voice but what the speech was made from.</summary>
    public double? To(int speaker) => bySpeaker.TryGetValue(speaker, out var similarity) ? similarity : null;

    /// <summary>Null where the voice or all others are not known.</summary>
    public bool? IsNearestTo(int speaker) => bySpeaker.Count < 2 || !bySpeaker.TryGetValue(speaker, out var own)
        ? null : bySpeaker.All(other => other.Key == speaker || other.Value < own);
}
