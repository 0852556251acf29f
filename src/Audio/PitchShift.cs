using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Raises or lowers the voice and leaves the rest (formants, timing, unvoiced sounds) as it is: TD-PSOLA (Moulines and Charpentier
/// 1990) with the F0 that is already known.
/// </summary>
public sealed class PitchShift(SignalParameters parameters)
{
    private readonly PitchMarks marks = new(parameters);

    /// <param name="samples">[N]; what lies within 20 ms of the ends may fade.</param>
    /// <param name="f0">[⌊N/240⌋] or more, Hz, 0 where unvoiced, of the causal frames from sample 0 on.</param>
    /// <param name="semitones">As much higher; lower when negative.</param>
    /// <returns>[N]</returns>
    public float[] Shift(ReadOnlySpan<float> samples, ReadOnlySpan<float> f0, double semitones)
    {
        var places = marks.Of(samples, f0);
        var (sum, weight) = (new float[samples.Length], new float[samples.Length]);
        var ratio = Math.Pow(2, semitones / 12);
        var nearest = 1;
        for (double time = places[1].Sample; time <= places[^2].Sample;)
        {
            while (nearest + 2 < places.Count && IsNearer(places[nearest + 1], places[nearest], time))
                nearest++;
            AddGrain(samples, places, nearest, (int)Math.Round(time), sum, weight);
            time = places[nearest].IsVoiced
                ? time + (places[nearest + 1].Sample - places[nearest].Sample) / ratio
                : NextAfter(places, nearest, time);
        }
        TensorPrimitives.Max(weight, 0.1f, weight);
        TensorPrimitives.Divide(sum, weight, sum);
        return sum;
    }

    private static bool IsNearer(PitchMark next, PitchMark current, double time) =>
        Math.Abs(next.Sample - time) <= Math.Abs(current.Sample - time);

    /// <summary>Unvoiced sounds stay where they are, so the first mark among them takes up the time again.</summary>
    private static double NextAfter(IReadOnlyList<PitchMark> places, int current, double time) =>
        places[places[current].Sample > time ? current : current + 1].Sample;

    /// <summary>Two periods under a Hann window whose halves have the lengths of the periods.</summary>
    private static void AddGrain(
        ReadOnlySpan<float> samples, IReadOnlyList<PitchMark> places, int mark, int time, Span<float> sum, Span<float> weight)
    {
        var (centre, left, right) = (
            places[mark].Sample, places[mark].Sample - places[mark - 1].Sample, places[mark + 1].Sample - places[mark].Sample);
        var first = Math.Max(-left + 1, Math.Max(-time, -centre));
        var end = Math.Min(right, Math.Min(samples.Length - time, samples.Length - centre));
        for (var n = first; n < end; n++)
        {
            var window = 0.5f + 0.5f * MathF.Cos(MathF.PI * n / (n < 0 ? left : right));
            sum[time + n] += window * samples[centre + n];
            weight[time + n] += window;
        }
    }
}
