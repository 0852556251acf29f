namespace Tmrvc.Audio;

/// <summary>What networks are told about an impulse response: three numbers for each of 8 sub-bands, held within their ranges.</summary>
/// <param name="Values">[24]: RT60 in seconds of the bands 0 to 7, then DRR in dB, then tilt in dB per octave.</param>
/// <param name="Mask">[8]: 1 where the response tells about the band, 0 where it does not and the values mean nothing.</param>
public sealed record ImpulseResponseParameters(float[] Values, float[] Mask)
{
    public const int PerBand = 3;

    /// <summary>Seconds to decay by 60 dB.</summary>
    public static (double Least, double Most) Rt60Range => (0.05, 3);

    /// <summary>Decibels, direct to reverberant energy.</summary>
    public static (double Least, double Most) DrrRange => (-10, 30);

    /// <summary>Decibels per octave.</summary>
    public static (double Least, double Most) TiltRange => (-6, 6);

    public int Bands => Mask.Length;

    public float Rt60(int band) => Values[band];

    public float Drr(int band) => Values[Bands + band];

    public float Tilt(int band) => Values[2 * Bands + band];

    public bool Tells(int band) => Mask[band] != 0;

    /// <summary>No room at all: the direct sound alone, as far as the ranges go, in every band.</summary>
    public static ImpulseResponseParameters Dry(int bands) =>
        Of(Enumerable.Repeat<SubbandAcoustics?>(new SubbandAcoustics(0, double.PositiveInfinity, 0), bands));

    internal static ImpulseResponseParameters Of(IEnumerable<SubbandAcoustics?> perBand)
    {
        var bands = perBand.ToArray();
        return new ImpulseResponseParameters(
            [.. Held(b => b.Rt60, Rt60Range), .. Held(b => b.Drr, DrrRange), .. Held(b => b.Tilt, TiltRange)],
            [.. bands.Select(band => band is null ? 0f : 1f)]);

        IEnumerable<float> Held(Func<SubbandAcoustics, double> value, (double Least, double Most) range) =>
            bands.Select(band => band is null ? 0 : (float)Math.Clamp(value(band), range.Least, range.Most));
    }
}

/// <summary>One band of a response as measured.</summary>
/// <param name="Rt60">Seconds.</param>
/// <param name="Drr">Decibels.</param>
/// <param name="Tilt">Decibels per octave.</param>
internal sealed record SubbandAcoustics(double Rt60, double Drr, double Tilt);
