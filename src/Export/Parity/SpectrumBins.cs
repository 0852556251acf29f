using System.Numerics;

namespace Tmrvc.Export;

/// <summary>What a vocoder gives, as the complex numbers that are heard: magnitude · e^(i · phase).</summary>
internal static class SpectrumBins
{
    public const string Phase = "stft_phase";
    private const string Magnitude = "stft_mag";

    /// <summary>[513]</summary>
    public static IEnumerable<Complex> Of(IReadOnlyDictionary<string, float[]> frame) =>
        frame[Magnitude].Zip(frame[Phase], (magnitude, phase) => Complex.FromPolarCoordinates(magnitude, phase));
}
