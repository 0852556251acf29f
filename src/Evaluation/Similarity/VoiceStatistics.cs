using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>What an utterance's mel says of the voice: mean and deviation over time of cepstra, the loudness left out.</summary>
public sealed class VoiceStatistics(int mels)
{
    private readonly Cepstra _cepstra = new(mels);

    /// <summary>Numbers that <see cref="Of"/> gives.</summary>
    public int Dimension => 2 * (_cepstra.Dimension / 3 - 1);

    /// <param name="logMel">[80, T]</param>
    public double[] Of(float[] logMel)
    {
        var frames = logMel.Length / mels;
        var cepstra = _cepstra.Compute(logMel);
        var spoken = Spoken(cepstra.AsSpan(0, frames));
        return [.. Enumerable.Range(1, _cepstra.Dimension / 3 - 1).SelectMany(order => Moments(cepstra.AsSpan(order * frames, frames), spoken))];
    }

    /// <summary>Frames at least as loud as the middle between the softest and the loudest.</summary>
    private static int[] Spoken(ReadOnlySpan<float> loudness)
    {
        float least = float.MaxValue, most = float.MinValue;
        foreach (var value in loudness)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        var spoken = new List<int>();
        for (var frame = 0; frame < loudness.Length; frame++)
            if (loudness[frame] >= (least + most) / 2)
                spoken.Add(frame);
        return [.. spoken];
    }

    private static double[] Moments(ReadOnlySpan<float> row, int[] frames)
    {
        double sum = 0, squares = 0;
        foreach (var frame in frames)
        {
            sum += row[frame];
            squares += (double)row[frame] * row[frame];
        }
        var mean = sum / frames.Length;
        return [mean, Math.Sqrt(Math.Max(0, squares / frames.Length - mean * mean))];
    }
}
