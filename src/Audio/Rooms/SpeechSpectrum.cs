namespace Tmrvc.Audio;

/// <summary>
/// The rough shape of speech over long times, after Byrne et al. (1994): flat from 100 to 500 Hz, 9 dB per octave down above,
/// steep below.
/// </summary>
public static class SpeechSpectrum
{
    /// <summary>Power relative to that of the flat part.</summary>
    public static double Power(double hertz)
    {
        var (low, high) = (hertz / 100, hertz / 500);
        return Math.Pow(low, 4) / (1 + Math.Pow(low, 4)) / (1 + Math.Pow(high, 3));
    }
}
