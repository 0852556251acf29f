using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>Mel-frequency cepstra with their first and second derivatives.</summary>
public sealed record CepstraSettings : IValidated
{
    /// <summary>Static coefficients, c0 included. Few of them smooth the harmonics, and with them the voice's pitch, away.</summary>
    public int Coefficients { get; init; } = 20;

    /// <summary>Frames on each side of the one whose slope is taken.</summary>
    public int DeltaReach { get; init; } = 2;

    /// <summary>Natural logarithm of band power that silence is raised to.</summary>
    public double LogMelFloor { get; init; } = -11.5;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Coefficients is < 1 or > 80)
            yield return ("coefficients", $"is {Coefficients}; 1 to 80 are allowed");
        if (DeltaReach is < 1 or > 10)
            yield return ("delta_reach", $"is {DeltaReach}; 1 to 10 are allowed");
    }
}
