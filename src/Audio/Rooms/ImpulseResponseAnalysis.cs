namespace Tmrvc.Audio;

/// <summary>
/// Reverberation time, direct-to-reverberant ratio and tilt of a response in each sub-band. A band is left out (null) where the
/// response has no bandwidth for the whole of it, or its decay disappears in noise before it can be evaluated.
/// </summary>
public sealed class ImpulseResponseAnalysis(Subbands bands)
{
    private const int LeastTransform = 1 << 14;

    /// <summary>Reaches of the band filters, in periods of the band's width, from steep to quick.</summary>
    private static readonly double[] Cycles = [12, 4];

    /// <summary>A filter is quick enough when it reaches over at most this share of the decay time.</summary>
    private const double QuickShare = 0.1;

    public ImpulseResponseParameters Analyze(ImpulseResponse response) => Analyze(response, DecaysOf(response));

    /// <param name="decays">Of the response, or of a longer one that it is the beginning of.</param>
    internal ImpulseResponseParameters Analyze(ImpulseResponse response, SubbandDecays decays)
    {
        var (direct, late) = response.Split();
        var fft = Transform(response);
        var (directPower, latePower, power) = (Power(fft, direct), Power(fft, late), Power(fft, response.Samples));
        return ImpulseResponseParameters.Of(decays.Bands.Select((decay, band) => decay?.Seconds is not { } seconds ? null : new SubbandAcoustics(
            seconds,
            10 * Math.Log10(Energy(directPower, band, response.SampleRate) / Energy(latePower, band, response.SampleRate)),
            SpectralTilt.Of(power, bands, band, response.SampleRate))));
    }

    internal SubbandDecays DecaysOf(ImpulseResponse response) => new([.. Decays(response, response.Split().Late, Transform(response))]);

    private RealFft Transform(ImpulseResponse response)
    {
        var reach = Enumerable.Range(0, bands.Count).Max(band => new SubbandFilter(bands, band, response.SampleRate, Cycles[0]).Reach);
        return new RealFft(FourierSize.AtLeast(Math.Max(LeastTransform, response.Samples.Length + 2 * reach)));
    }

    private IEnumerable<SubbandDecay?> Decays(ImpulseResponse response, float[] late, RealFft fft)
    {
        var spectrum = Spectrum(fft, late);
        var filtered = new float[fft.Size];
        for (var band = 0; band < bands.Count; band++)
            yield return bands.IsWithin(band, response.Untouched) ? Decay(response, band, fft, spectrum, filtered) : null;
    }

    private SubbandDecay? Decay(ImpulseResponse response, int band, RealFft fft, ComplexFloat[] spectrum, float[] filtered)
    {
        SubbandDecay? found = null;
        foreach (var cycles in Cycles)
        {
            var filter = new SubbandFilter(bands, band, response.SampleRate, cycles);
            filter.Apply(fft, spectrum, filtered);
            var decay = EnergyDecay.Of(filtered.AsSpan(response.Direct..response.Samples.Length), response.SampleRate);
            if (decay?.ReverberationTime(response.HalfWindow + filter.Reach) is not { } time)
            {
                found ??= decay is null ? null : new SubbandDecay(null, decay.End);
                continue;
            }
            found = new SubbandDecay(time, decay.End);
            if (filter.Reach <= QuickShare * time * response.SampleRate)
                break;
        }
        return found;
    }

    private double Energy(double[] power, int band, int sampleRate)
    {
        var binsPerHertz = 2.0 * (power.Length - 1) / sampleRate;
        var first = (int)Math.Ceiling(bands.Edges[band] * binsPerHertz);
        var end = Math.Min(power.Length, (int)Math.Ceiling(bands.Edges[band + 1] * binsPerHertz));
        return System.Numerics.Tensors.TensorPrimitives.Sum(power.AsSpan(first..end));
    }

    private static double[] Power(RealFft fft, float[] samples) => Array.ConvertAll(Spectrum(fft, samples), bin => (double)bin.Power);

    private static ComplexFloat[] Spectrum(RealFft fft, float[] samples)
    {
        var (padded, spectrum) = (new float[fft.Size], new ComplexFloat[fft.Bins]);
        samples.CopyTo(padded, 0);
        fft.Forward(padded, spectrum);
        return spectrum;
    }
}

/// <param name="Seconds">To decay by 60 dB; null when it cannot be told.</param>
/// <param name="End">Samples after the direct sound at which the noise begins.</param>
internal sealed record SubbandDecay(double? Seconds, int End);

/// <param name="Bands">[8]; null where there is only noise, or nothing at all.</param>
internal sealed record SubbandDecays(IReadOnlyList<SubbandDecay?> Bands)
{
    /// <summary>Samples after the direct sound at which every band holds noise only; null where all of it is noise.</summary>
    internal int? End => Bands.Max(band => band?.End);
}
