namespace Tmrvc.Audio;

/// <summary>Sound lost to the air itself, ISO 9613-1, at 101.325 kPa.</summary>
public static class AirAbsorption
{
    private const double Reference = 293.15;
    private const double TriplePoint = 273.16;

    /// <returns>Decibels per metre.</returns>
    /// <param name="humidity">Percent, relative.</param>
    public static double DecibelsPerMetre(double hertz, double celsius = 20, double humidity = 50)
    {
        var kelvin = celsius + 273.15;
        var water = humidity * Math.Pow(10, -6.8346 * Math.Pow(TriplePoint / kelvin, 1.261) + 4.6151);
        var warmth = kelvin / Reference;
        var oxygen = 24 + 4.04e4 * water * (0.02 + water) / (0.391 + water);
        var nitrogen = Math.Pow(warmth, -0.5) * (9 + 280 * water * Math.Exp(-4.170 * (Math.Pow(warmth, -1.0 / 3) - 1)));
        return 8.686 * hertz * hertz * (1.84e-11 * Math.Sqrt(warmth) + Math.Pow(warmth, -2.5)
            * (0.01275 * Math.Exp(-2239.1 / kelvin) / (oxygen + hertz * hertz / oxygen)
                + 0.1068 * Math.Exp(-3352.0 / kelvin) / (nitrogen + hertz * hertz / nitrogen)));
    }
}
