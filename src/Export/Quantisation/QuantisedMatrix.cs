namespace Tmrvc.Export;

/// <summary>
/// A matrix as int8 with one scale per column: weight ≈ Values · Scales, both signs alike, no zero point. Half the range of int8 is used, for
/// processors with AVX2 or AVX-512 and without VNNI add pairs of products of unsigned inputs with signed weights within 16 bits, and
/// 2 · 255 · 64 is what these hold.
/// </summary>
/// <param name="Values">[K, N], within ±64.</param>
/// <param name="Scales">[N]</param>
public sealed record QuantisedMatrix(sbyte[] Values, float[] Scales)
{
    private const int Largest = 64;

    /// <param name="weights">[K, N], row-major.</param>
    public static QuantisedMatrix Of(ReadOnlySpan<float> weights, int columns)
    {
        var scales = new float[columns];
        for (var n = 0; n < weights.Length; n++) scales[n % columns] = MathF.Max(scales[n % columns], MathF.Abs(weights[n]));
        for (var column = 0; column < columns; column++) scales[column] = scales[column] == 0 ? 1 : scales[column] / Largest;
        var values = new sbyte[weights.Length];
        for (var n = 0; n < weights.Length; n++) values[n] = (sbyte)MathF.Round(weights[n] / scales[n % columns]);
        return new QuantisedMatrix(values, scales);
    }
}
