namespace Tmrvc.Audio;

/// <summary>
/// Where a decay meets the noise of its measurement, by the iteration of Lundeby et al. (1995): a line through block levels above
/// the noise, the noise after the line's end, and again.
/// </summary>
internal static class NoiseFloor
{
    private const int Iterations = 4;
    private const double TailShare = 0.1;

    /// <summary>Decibels above the noise up to which levels are trusted.</summary>
    private const double Headroom = 7;

    /// <summary>Less than this share of the greatest power, 100 dB down, is not looked at.</summary>
    private const double Nothing = 1e-10;

    private const int LeastBlocks = 6;
    private static readonly double[] BlockSeconds = [0.02, 0.01, 0.005, 0.0025, 0.00125];

    /// <param name="power">[N] squared samples from the decay's beginning.</param>
    /// <returns>Null where nothing falls out of the noise.</returns>
    internal static DecayEnd? Find(ReadOnlySpan<double> power, int sampleRate)
    {
        var tail = power[^(int)(power.Length * TailShare)..];
        if (tail.IsEmpty)
            return null;
        var least = Nothing * System.Numerics.Tensors.TensorPrimitives.Max(power);
        var noise = Math.Max(least, Mean(tail));
        DecayEnd? end = null;
        for (var i = 0; i < Iterations; i++)
        {
            if (LineAbove(power, noise, sampleRate) is not { } line)
                return end;
            end = new DecayEnd((int)Math.Clamp(line.At(Decibels(noise)), 0, power.Length), line, noise);
            var after = end.Sample + (int)(-10 / line.Slope);
            noise = Math.Max(least, Mean(after < power.Length - tail.Length ? power[after..] : tail));
        }
        return end;
    }

    /// <summary>Through as few and long blocks as the decay allows: their levels scatter least.</summary>
    private static LevelLine? LineAbove(ReadOnlySpan<double> power, double noise, int sampleRate)
    {
        foreach (var seconds in BlockSeconds)
        {
            var block = (int)(seconds * sampleRate);
            var points = LevelsAbove(power, noise, block);
            if (points.Count < LeastBlocks)
                continue;
            var line = LevelLine.Through(points);
            return line.Slope < 0 ? line : null;
        }
        return null;
    }

    /// <summary>Levels of the blocks from the loudest to the last before the first one near the noise.</summary>
    private static List<(double Sample, double Level)> LevelsAbove(ReadOnlySpan<double> power, double noise, int block)
    {
        var means = new double[power.Length / block];
        for (var i = 0; i < means.Length; i++)
            means[i] = Mean(power.Slice(i * block, block));
        var points = new List<(double Sample, double Level)>();
        if (means.Length == 0)
            return points;
        var loudest = Array.IndexOf(means, means.Max());
        var floor = noise * Math.Pow(10, Headroom / 10);
        for (var i = loudest; i < means.Length && means[i] > floor; i++)
            points.Add(((i + 0.5) * block, Decibels(means[i])));
        return points;
    }

    private static double Mean(ReadOnlySpan<double> power) => System.Numerics.Tensors.TensorPrimitives.Sum(power) / power.Length;

    private static double Decibels(double power) => 10 * Math.Log10(power + 1e-30);
}

/// <param name="Sample">Where the decay has sunk to the noise; the end of the response where it has not.</param>
/// <param name="Line">The decay before that.</param>
/// <param name="Noise">Power.</param>
internal sealed record DecayEnd(int Sample, LevelLine Line, double Noise);
