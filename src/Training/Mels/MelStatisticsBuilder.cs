namespace Tmrvc.Training;

/// <summary>Collects the mean and deviation of each band, in double precision.</summary>
public sealed class MelStatisticsBuilder(int bands, double clamp)
{
    /// <summary>A band that never rises above the clamp would have none.</summary>
    private const double LeastDeviation = 1e-3;

    private readonly double[] _sums = new double[bands];
    private readonly double[] _squares = new double[bands];
    private long _frames;

    /// <param name="logMel">[bands, T], time contiguous.</param>
    public void Add(ReadOnlySpan<float> logMel)
    {
        var frames = logMel.Length / bands;
        for (var band = 0; band < bands; band++)
        {
            // Sums are taken from the clamp up: everything is at least zero, and little is lost to rounding.
            foreach (var value in logMel.Slice(band * frames, frames))
            {
                var above = Math.Max(0, value - clamp);
                _sums[band] += above;
                _squares[band] += above * above;
            }
        }
        _frames += frames;
    }

    /// <exception cref="InvalidDataException">Nothing was added.</exception>
    public MelStatistics Build()
    {
        if (_frames == 0) throw new InvalidDataException("Mel statistics: no frame in the training split; at least one is needed.");
        return new MelStatistics((float)clamp, [.. _sums.Select(sum => (float)(sum / _frames + clamp))], [.. Deviations()], _frames);
    }

    private IEnumerable<float> Deviations() => _sums.Zip(_squares, (sum, square) =>
    {
        var mean = sum / _frames;
        return (float)Math.Max(LeastDeviation, Math.Sqrt(Math.Max(0, square / _frames - mean * mean)));
    });
}
