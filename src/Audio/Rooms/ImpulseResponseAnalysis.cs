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

    public ImpulseResponseParameters Analyze(ImpulseResponse response)
    {
        var (direct, late) = response.Split();
        var fft = Transform(response);
        var (directPower, latePower, power) = (Power(fft, direct), Power(fft, late), Power(fft, response.Samples));
        var decays = Decays(response, late, fft);
        return ImpulseResponseParameters.Of(decays.Select((decay, band) => decay?.Time is not { } time ? null : new SubbandAcoustics(
            time,
            10 * Math.Log10(Energy(directPower, band, response.SampleRate) / Energy(latePower, band, response.SampleRate)),
            SpectralTilt.Of(power, bands, band, response.SampleRate))));
    }

    /// <summary>The sample from which on every band holds noise only: a response may be cut there. Null where all of it is noise.</summary>
    public int? EndOfDecay(ImpulseResponse response)
    {
        var ends = Decays(response, response.Split().Late, Transform(response)).Where(decay => decay is not null).ToList();
        return ends.Count == 0 ? null : Math.Min(response.Samples.Length, response.Direct + ends.Max(decay => decay!.Value.End));
    }

    private RealFft Transform(ImpulseResponse response)
    {
        var reach = Enumerable.Range(0, bands.Count).Max(band => new SubbandFilter(bands, band, response.SampleRate, Cycles[0]).Reach);
        return new RealFft(FourierSize.AtLeast(Math.Max(LeastTransform, response.Samples.Length + 2 * reach)));
    }

    /// <summary>From the direct sound on: time in seconds, null when it cannot be told, and the decay's end in samples.</summary>
    private IEnumerable<(double? Time, int End)?> Decays(ImpulseResponse response, float[] late, RealFft fft)
    {
        var spectrum = Spectrum(fft, late);
        var filtered = new float[fft.Size];
        for (var band = 0; band < bands.Count; band++)
            yield return bands.IsWithin(band, response.Bandwidth) ? Decay(response, band, fft, spectrum, filtered) : null;
    }

    private (double? Time, int End)? Decay(ImpulseResponse response, int band, RealFft fft, ComplexFloat[] spectrum, float[] filtered)
    {
        (double? Time, int End)? found = null;
        foreach (var cycles in Cycles)
        {
            var filter = new SubbandFilter(bands, band, response.SampleRate, cycles);
            filter.Apply(fft, spectrum, filtered);
            var decay = EnergyDecay.Of(filtered.AsSpan(response.Direct..response.Samples.Length), response.SampleRate);
            if (decay?.ReverberationTime(response.HalfWindow + filter.Reach) is not { } time)
            {
                found ??= decay is null ? null : (null, decay.End);
                continue;
            }
            found = (time, decay.End);
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
