using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Mel-frequency cepstral coefficients (orthonormal DCT-II of the log-mel bands), Δ and ΔΔ by linear regression.
/// They follow what is said more than who says it. Frames are those of <see cref="LogMel"/>. Safe for several threads.
/// </summary>
public sealed class Cepstra
{
    private readonly CepstraSettings settings;
    private readonly float[][] basis;

    /// <param name="bands">Log-mel bands.</param>
    public Cepstra(int bands, CepstraSettings? settings = null)
    {
        this.settings = settings ?? new CepstraSettings();
        basis = [.. Enumerable.Range(0, this.settings.Coefficients).Select(order => CosineRow(order, bands))];
    }

    /// <summary>D: static coefficients, then Δ, then ΔΔ.</summary>
    public int Dimension => 3 * basis.Length;

    /// <param name="logMel">[80, T], row-major.</param>
    /// <returns>[D, T], row-major.</returns>
    public float[] Compute(ReadOnlySpan<float> logMel)
    {
        var bands = basis[0].Length;
        var frames = logMel.Length / bands;
        var floored = new float[logMel.Length];
        TensorPrimitives.Max(logMel, (float)settings.LogMelFloor, floored);

        var cepstra = new float[Dimension * frames];
        for (var order = 0; order < basis.Length; order++)
        {
            var row = cepstra.AsSpan(order * frames, frames);
            for (var band = 0; band < bands; band++)
                TensorPrimitives.MultiplyAdd(floored.AsSpan(band * frames, frames), basis[order][band], row, row);
        }
        var block = basis.Length * frames;
        Slopes(cepstra.AsSpan(0, block), cepstra.AsSpan(block, block), frames);
        Slopes(cepstra.AsSpan(block, block), cepstra.AsSpan(2 * block, block), frames);
        return cepstra;
    }

    private static float[] CosineRow(int order, int bands)
    {
        var scale = Math.Sqrt((order == 0 ? 1.0 : 2.0) / bands);
        return [.. Enumerable.Range(0, bands).Select(band => (float)(scale * Math.Cos(Math.PI * order * (band + 0.5) / bands)))];
    }

    /// <summary>Σ n·(x[t + n] − x[t − n]) / 2Σ n², the edges repeated.</summary>
    private void Slopes(ReadOnlySpan<float> rows, Span<float> slopes, int frames)
    {
        var norm = 0f;
        for (var n = 1; n <= settings.DeltaReach; n++)
            norm += 2 * n * n;
        for (var start = 0; start < rows.Length; start += frames)
            for (var frame = 0; frame < frames; frame++)
                slopes[start + frame] = Slope(rows.Slice(start, frames), frame) / norm;
    }

    private float Slope(ReadOnlySpan<float> row, int frame)
    {
        var sum = 0f;
        for (var n = 1; n <= settings.DeltaReach; n++)
            sum += n * (row[Math.Min(frame + n, row.Length - 1)] - row[Math.Max(frame - n, 0)]);
        return sum;
    }
}
