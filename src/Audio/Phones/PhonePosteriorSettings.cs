using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>How sure posteriors of phones are.</summary>
public sealed record PhonePosteriorSettings : IValidated
{
    /// <summary>
    /// Log-likelihoods are multiplied by it before they are compared. Frames are not as independent as 39 numbers with variances of their own
    /// pretend, so that at 1 nearly all of the weight is on one phone.
    /// </summary>
    public double Sharpness { get; init; } = 1;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Sharpness is not (>= 0.01 and <= 10))
            yield return ("sharpness", $"is {Sharpness}; 0.01 to 10 are allowed");
    }
}
