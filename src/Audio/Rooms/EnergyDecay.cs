namespace Tmrvc.Audio;

/// <summary>
/// The energy that is still to come at each moment of a decay, by backward integration (Schroeder 1965) up to where it meets the
/// noise, the noise's power taken off (Chu 1978) and an exponential put in for what the noise hides (Lundeby et al. 1995).
/// </summary>
internal sealed class EnergyDecay
{
    private const double StartLevel = -5;

    /// <summary>Decibels that the end of an evaluation stays above the noise.</summary>
    private const double Margin = 5;

    /// <summary>T30 where the noise allows it, else T20 (ISO 3382-1).</summary>
    private static readonly double[] Ranges = [30, 20];

    private readonly double[] levels;
    private readonly DecayEnd end;
    private readonly int sampleRate;

    private EnergyDecay(double[] levels, DecayEnd end, int sampleRate) =>
        (this.levels, this.end, this.sampleRate) = (levels, end, sampleRate);

    /// <summary>The first sample that is noise rather than decay.</summary>
    internal int End => end.Sample;

    /// <param name="samples">[N] one band of a response, from the decay's beginning.</param>
    /// <returns>Null where there is nothing but noise.</returns>
    internal static EnergyDecay? Of(ReadOnlySpan<float> samples, int sampleRate)
    {
        var power = new double[samples.Length];
        for (var n = 0; n < power.Length; n++)
            power[n] = (double)samples[n] * samples[n];
        return NoiseFloor.Find(power, sampleRate) is { Sample: > 1 } end
            ? new EnergyDecay(Integrate(power.AsSpan(0, end.Sample), end), end, sampleRate)
            : null;
    }

    /// <summary>Seconds to decay by 60 dB, from the first 30 or 20 dB after −5 dB; null where the noise leaves fewer.</summary>
    /// <param name="earliest">The evaluation starts at this sample or later.</param>
    internal double? ReverberationTime(int earliest)
    {
        var start = FirstBelow(StartLevel, Math.Min(earliest, levels.Length));
        if (start == levels.Length)
            return null;
        var last = end.Sample + Margin / end.Line.Slope;
        foreach (var range in Ranges)
            if (FirstBelow(levels[start] - range, start) is var stop && stop < last && stop > start + 1)
                return Evaluate(start, stop);
        return null;
    }

    private double? Evaluate(int start, int stop)
    {
        var line = LevelLine.Through(Enumerable.Range(start, stop - start).Select(n => ((double)n, levels[n])));
        return line.Slope < 0 ? -60 / (line.Slope * sampleRate) : null;
    }

    private int FirstBelow(double level, int from)
    {
        var sample = from;
        while (sample < levels.Length && !(levels[sample] <= level))
            sample++;
        return sample;
    }

    /// <returns>[N] decibels below the whole.</returns>
    private static double[] Integrate(ReadOnlySpan<double> power, DecayEnd end)
    {
        var energy = new double[power.Length];
        var lastPower = Math.Pow(10, (end.Line.Level + end.Line.Slope * end.Sample) / 10);
        var sum = lastPower * 10 / (-end.Line.Slope * Math.Log(10));
        for (var n = power.Length - 1; n >= 0; n--)
            energy[n] = sum += power[n] - end.Noise;
        for (var n = 0; n < energy.Length; n++)
            energy[n] = 10 * Math.Log10(Math.Max(energy[n], 1e-30) / sum);
        return energy;
    }
}
