namespace Tmrvc.Features;

/// <summary>Gathers <see cref="SpeakerStatistics"/> utterance by utterance, in double precision.</summary>
internal sealed class SpeakerStatisticsBuilder(int contentDimension)
{
    private const double SmallestDeviation = 1e-5;

    private readonly double[] _sum = new double[contentDimension];
    private readonly double[] _squares = new double[contentDimension];
    private double _logF0Sum, _logF0Squares;
    private long _frames, _voiced;

    /// <param name="content">[D, T].</param>
    /// <param name="f0">[T] Hz, 0 where unvoiced.</param>
    internal void Add(ReadOnlySpan<float> content, ReadOnlySpan<float> f0)
    {
        _frames += f0.Length;
        for (var d = 0; d < contentDimension; d++)
            AddRow(d, content.Slice(d * f0.Length, f0.Length));
        foreach (var hertz in f0)
            if (hertz > 0)
                AddVoiced(Math.Log(hertz));
    }

    private void AddRow(int coefficient, ReadOnlySpan<float> row)
    {
        double sum = 0, squares = 0;
        foreach (double value in row)
        {
            sum += value;
            squares += value * value;
        }
        _sum[coefficient] += sum;
        _squares[coefficient] += squares;
    }

    private void AddVoiced(double logF0)
    {
        _voiced++;
        _logF0Sum += logF0;
        _logF0Squares += logF0 * logF0;
    }

    internal SpeakerStatistics Build() => new()
    {
        ContentMean = [.. _sum.Select(sum => (float)(sum / _frames))],
        ContentDeviation =
            [.. _sum.Zip(_squares, (sum, squares) => (float)Math.Max(Deviation(sum, squares, _frames), SmallestDeviation))],
        LogF0Mean = _voiced == 0 ? 0 : _logF0Sum / _voiced,
        LogF0Deviation = _voiced == 0 ? 0 : Deviation(_logF0Sum, _logF0Squares, _voiced),
        Frames = _frames,
        VoicedFrames = _voiced,
    };

    private static double Deviation(double sum, double squares, long count)
    {
        var mean = sum / count;
        return Math.Sqrt(Math.Max(0, squares / count - mean * mean));
    }
}
