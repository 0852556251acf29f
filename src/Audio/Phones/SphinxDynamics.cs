namespace Tmrvc.Audio;

/// <summary>The streams c, Δ, ΔΔ (1s_c_d_dd) of cepstra whose mean over the utterance is taken away.</summary>
internal static class SphinxDynamics
{
    private const int DeltaReach = 2;

    /// <summary>Frames below zero in c0, which are digital silence, do not count.</summary>
    internal static void SubtractMean(Span<float> cepstra, int dimension)
    {
        var mean = new double[dimension];
        var counted = 0;
        for (var start = 0; start < cepstra.Length; start += dimension)
            if (cepstra[start] >= 0)
            {
                counted++;
                for (var i = 0; i < dimension; i++)
                    mean[i] += cepstra[start + i];
            }
        for (var start = 0; counted > 0 && start < cepstra.Length; start += dimension)
            for (var i = 0; i < dimension; i++)
                cepstra[start + i] -= (float)(mean[i] / counted);
    }

    /// <summary>Δ[t] = c[t + 2] − c[t − 2]; ΔΔ[t] = Δ[t + 1] − Δ[t − 1]; the edges repeated.</summary>
    /// <param name="cepstra">[T, 13]</param>
    /// <returns>[T, 13] each, row-major.</returns>
    internal static float[][] Streams(float[] cepstra, int dimension)
    {
        var slopes = new float[cepstra.Length];
        var bends = new float[cepstra.Length];
        var last = cepstra.Length / dimension - 1;
        ReadOnlySpan<float> Row(int frame) => cepstra.AsSpan(Math.Clamp(frame, 0, last) * dimension, dimension);
        for (var frame = 0; frame <= last; frame++)
            for (var i = 0; i < dimension; i++)
            {
                slopes[frame * dimension + i] = Row(frame + DeltaReach)[i] - Row(frame - DeltaReach)[i];
                bends[frame * dimension + i] =
                    Row(frame + DeltaReach + 1)[i] - Row(frame - DeltaReach + 1)[i]
                    - (Row(frame + DeltaReach - 1)[i] - Row(frame - DeltaReach - 1)[i]);
            }
        return [cepstra, slopes, bends];
    }
}
