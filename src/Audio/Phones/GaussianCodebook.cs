using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>Diagonal Gaussians over one stream, all evaluated at once for a few frames.</summary>
internal sealed class GaussianCodebook
{
    /// <summary>Gaussians are padded to a multiple of this, with ones that are never near.</summary>
    internal const int Lanes = 16;

    private const float Never = -1e30f;

    private readonly int _dimension;
    private readonly float[] _scales;
    private readonly float[] _shifts;
    private readonly float[] _peaks;

    /// <param name="means">[Gaussians, dimension]</param>
    /// <param name="variances">[Gaussians, dimension]; raised to the floor.</param>
    internal GaussianCodebook(ReadOnlySpan<float> means, ReadOnlySpan<float> variances, int dimension, double varianceFloor = 1e-4)
    {
        _dimension = dimension;
        var gaussians = means.Length / dimension;
        Size = (gaussians + Lanes - 1) / Lanes * Lanes;
        _scales = new float[dimension * Size];
        _shifts = new float[dimension * Size];
        _peaks = new float[Size];
        _peaks.AsSpan(gaussians).Fill(Never);
        for (var gaussian = 0; gaussian < gaussians; gaussian++)
            Place(gaussian, means.Slice(gaussian * dimension, dimension), variances.Slice(gaussian * dimension, dimension), varianceFloor);
    }

    /// <summary>Gaussians, those added as padding included.</summary>
    internal int Size { get; }

    /// <summary>A density is exp(peak − Σ (x·scale + shift)²), scale² = 1/2σ².</summary>
    private void Place(int gaussian, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, double varianceFloor)
    {
        var peak = 0.0;
        for (var i = 0; i < _dimension; i++)
        {
            var spread = Math.Max(variance[i], varianceFloor);
            var scale = 1 / Math.Sqrt(2 * spread);
            _scales[i * Size + gaussian] = (float)scale;
            _shifts[i * Size + gaussian] = (float)(-mean[i] * scale);
            peak -= 0.5 * Math.Log(2 * Math.PI * spread);
        }
        _peaks[gaussian] = (float)peak;
    }

    /// <summary>Log densities of four frames.</summary>
    /// <param name="frames">[4, dimension]</param>
    /// <param name="densities">[4, Size]</param>
    internal void Evaluate(ReadOnlySpan<float> frames, Span<float> densities)
    {
        if (frames.Length < 4 * _dimension || densities.Length < 4 * Size)
            throw new ArgumentException($"found {frames.Length} and {densities.Length} numbers, {4 * _dimension} and {4 * Size} are needed");
        for (var gaussian = 0; gaussian < Size; gaussian += Lanes)
            EvaluateLanes(gaussian, frames, densities);
    }

    /// <summary>Eight sums stay in registers: four frames by two vectors of Gaussians.</summary>
    private void EvaluateLanes(int gaussian, ReadOnlySpan<float> frames, Span<float> densities)
    {
        ref var x = ref MemoryMarshal.GetReference(frames);
        ref var scales = ref _scales[gaussian];
        ref var shifts = ref _shifts[gaussian];
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector256<float> c0 = default, c1 = default, d0 = default, d1 = default;
        for (var i = 0; i < _dimension; i++)
        {
            var (s0, s1) = Pair(ref scales, i);
            var (m0, m1) = Pair(ref shifts, i);
            (a0, a1) = Nearer(At(ref x, i), s0, s1, m0, m1, a0, a1);
            (b0, b1) = Nearer(At(ref x, _dimension + i), s0, s1, m0, m1, b0, b1);
            (c0, c1) = Nearer(At(ref x, 2 * _dimension + i), s0, s1, m0, m1, c0, c1);
            (d0, d1) = Nearer(At(ref x, 3 * _dimension + i), s0, s1, m0, m1, d0, d1);
        }
        Store(a0, a1, gaussian, densities);
        Store(b0, b1, gaussian, densities[Size..]);
        Store(c0, c1, gaussian, densities[(2 * Size)..]);
        Store(d0, d1, gaussian, densities[(3 * Size)..]);
    }

    private (Vector256<float>, Vector256<float>) Pair(ref float rows, int row) =>
        (Vector256.LoadUnsafe(ref rows, (nuint)(row * Size)), Vector256.LoadUnsafe(ref rows, (nuint)(row * Size + 8)));

    private static Vector256<float> At(ref float x, int index) => Vector256.Create(System.Runtime.CompilerServices.Unsafe.Add(ref x, index));

    private static (Vector256<float>, Vector256<float>) Nearer(
        Vector256<float> x, Vector256<float> s0, Vector256<float> s1, Vector256<float> m0, Vector256<float> m1,
        Vector256<float> sum0, Vector256<float> sum1)
    {
        var (far0, far1) = (Vector256.FusedMultiplyAdd(x, s0, m0), Vector256.FusedMultiplyAdd(x, s1, m1));
        return (Vector256.FusedMultiplyAdd(far0, far0, sum0), Vector256.FusedMultiplyAdd(far1, far1, sum1));
    }

    private void Store(Vector256<float> sum0, Vector256<float> sum1, int gaussian, Span<float> densities)
    {
        (Vector256.LoadUnsafe(ref _peaks[gaussian]) - sum0).StoreUnsafe(ref densities[gaussian]);
        (Vector256.LoadUnsafe(ref _peaks[gaussian + 8]) - sum1).StoreUnsafe(ref densities[gaussian + 8]);
    }
}
