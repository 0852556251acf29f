using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>Waveform from a log-mel spectrogram.</summary>
public sealed record GriffinLimSettings : IValidated
{
    /// <summary>Alternating projections.</summary>
    public int Iterations { get; init; } = 48;

    /// <summary>Acceleration α of the fast variant, 0 for the original algorithm.</summary>
    public double Momentum { get; init; } = 0.99;

    /// <summary>Multiplicative updates that find the power spectrum behind the mel bands.</summary>
    public int InversionIterations { get; init; } = 30;

    /// <summary>Of the initial phases.</summary>
    public int Seed { get; init; } = 1;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Iterations < 1)
            yield return ("iterations", $"is {Iterations}; 1 or more is allowed");
        if (Momentum is < 0 or >= 1.3)
            yield return ("momentum", $"is {Momentum}; 0 to below 1.3 is allowed");
        if (InversionIterations < 1)
            yield return ("inversion_iterations", $"is {InversionIterations}; 1 or more is allowed");
    }
}
