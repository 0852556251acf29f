namespace Tmrvc.Training;

/// <summary>What the feed hands to a step: plain arrays, made off the training thread.</summary>
public interface ITrainingBatch
{
    /// <summary>Says which utterances these are, for a person who must find the one that broke a step.</summary>
    string Name { get; }
}
