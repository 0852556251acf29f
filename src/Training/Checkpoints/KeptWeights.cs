namespace Tmrvc.Training;

/// <summary>Which weights of a phase are its result; averaged ones where an average is kept.</summary>
public enum KeptWeights
{
    /// <summary>Those after the last step.</summary>
    Last,

    /// <summary>Those with the lowest validation loss; the last ones where there is no validation.</summary>
    Best,
}
