using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>What <see cref="SpeakerStatistics"/> are made of; sums of parts can be added. Double precision.</summary>
internal sealed class SpeakerSums
{
    private const double SmallestDeviation = 1e-5;
    private const string Learnt = "train/", HeldOut = "held_out/";

    /// <summary>Frames, voiced frames, sum and squares of ln F0, frames of content; then sums and squares of each coefficient.</summary>
    private readonly double[] _values;

    internal SpeakerSums(int contentDimension)
        : this(new double[Content + 2 * contentDimension])
    {
    }

    private SpeakerSums(double[] values) => _values = values;

    private const int Frames = 0, Voiced = 1, LogF0 = 2, LogF0Squares = 3, ContentFrames = 4, Content = 5;

    private int Dimension => (_values.Length - Content) / 2;

    /// <summary>What is learnt from and what is held out is summed apart.</summary>
    internal static string NameOf(UtteranceEntry entry) => (entry.Split == Split.Train ? Learnt : HeldOut) + entry.SpeakerKey;

    /// <summary>Statistics by speaker: of the utterances that are learnt from, where there is one.</summary>
    /// <param name="sums">By <see cref="NameOf"/>.</param>
    internal static Dictionary<string, SpeakerStatistics> Build(IReadOnlyDictionary<string, SpeakerSums> sums)
    {
        var speakers = new Dictionary<string, SpeakerStatistics>();
        foreach (var prefix in (string[])[Learnt, HeldOut])
            foreach (var (name, part) in sums.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
                speakers.TryAdd(name[prefix.Length..], part.Build());
        return speakers;
    }

    /// <param name="content">[D, K].</param>
    /// <param name="f0">[T] Hz, 0 where unvoiced.</param>
    internal void Add(ReadOnlySpan<float> content, ReadOnlySpan<float> f0)
    {
        _values[Frames] += f0.Length;
        var kept = content.Length / Dimension;
        _values[ContentFrames] += kept;
        for (var d = 0; d < Dimension; d++)
            AddRow(d, content.Slice(d * kept, kept));
        foreach (var hertz in f0)
            if (hertz > 0)
                AddVoiced(Math.Log(hertz));
    }

    internal void Add(SpeakerSums part)
    {
        for (var i = 0; i < _values.Length; i++)
            _values[i] += part._values[i];
    }

    private void AddRow(int coefficient, ReadOnlySpan<float> row)
    {
        double sum = 0, squares = 0;
        foreach (double value in row)
        {
            sum += value;
            squares += value * value;
        }
        _values[Content + coefficient] += sum;
        _values[Content + Dimension + coefficient] += squares;
    }

    private void AddVoiced(double logF0)
    {
        _values[Voiced]++;
        _values[LogF0] += logF0;
        _values[LogF0Squares] += logF0 * logF0;
    }

    private SpeakerStatistics Build()
    {
        var (frames, voiced) = (_values[ContentFrames], _values[Voiced]);
        var (sums, squares) = (_values[Content..(Content + Dimension)], _values[(Content + Dimension)..]);
        return new()
        {
            ContentMean = [.. sums.Select(sum => (float)(sum / frames))],
            ContentDeviation = [.. sums.Zip(squares, (sum, square) => (float)Math.Max(Deviation(sum, square, frames), SmallestDeviation))],
            LogF0Mean = voiced == 0 ? 0 : _values[LogF0] / voiced,
            LogF0Deviation = voiced == 0 ? 0 : Deviation(_values[LogF0], _values[LogF0Squares], voiced),
            Frames = (long)_values[Frames],
            VoicedFrames = (long)voiced,
        };
    }

    /// <param name="speakers">By <see cref="NameOf"/>.</param>
    internal static void Save(IReadOnlyDictionary<string, SpeakerSums> speakers, string path)
    {
        var writer = new SafeTensorsWriter();
        foreach (var (speaker, sums) in speakers)
            writer.Add(speaker, sums._values, sums._values.Length);
        writer.Save(path);
    }

    internal static IEnumerable<(string Speaker, SpeakerSums Sums)> Load(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        return [.. file.Tensors.Select(tensor => (tensor.Name, new SpeakerSums(file.Values<double>(tensor.Name).ToArray())))];
    }

    private static double Deviation(double sum, double squares, double count)
    {
        var mean = sum / count;
        return Math.Sqrt(Math.Max(0, squares / count - mean * mean));
    }
}
