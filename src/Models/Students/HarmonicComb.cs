using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// How features show a pitch: a ripple of their logarithm with a crest on every harmonic, its mean power 1. A smooth envelope alone does not
/// tell whoever makes sound of it where the harmonics lie.
/// </summary>
public sealed class HarmonicComb : IDisposable
{
    /// <summary>Of the ripple, in the natural logarithm of magnitude.</summary>
    public const float Depth = 1.2f;

    /// <summary>log(F0 + 1) below which there is no voice: 19 Hz.</summary>
    public const float LeastLogF0 = 3;

    private const double WholeHertz = 3000;
    private const double NoneHertz = 6000;

    private readonly PlacedConstant _hertz;
    private readonly PlacedConstant _depth;
    private readonly PlacedConstant _level;

    public HarmonicComb(StudentArchitecture architecture)
    {
        Hertz = [.. Enumerable.Range(0, architecture.Features).Select(bin => (float)HertzOf(architecture, bin))];
        Depths = [.. Hertz.Select(hertz => Depth * Share(hertz))];
        Levels = [.. Depths.Select(depth => (float)(Math.Log(Bessel(2 * depth)) / 2))];
        (_hertz, _depth, _level) = (Column(Hertz), Column(Depths), Column(Levels));
    }

    /// <summary>Of each bin.</summary>
    public float[] Hertz { get; }

    /// <summary>Of the ripple at each bin.</summary>
    public float[] Depths { get; }

    /// <summary>What the ripple would add to half the logarithm of the mean power at each bin.</summary>
    public float[] Levels { get; }

    /// <summary>1 where harmonics stand out of a voiced frame, 0 where they drown in breath.</summary>
    public static float Share(double hertz)
    {
        var place = Math.Clamp((hertz - WholeHertz) / (NoneHertz - WholeHertz), 0, 1);
        return (float)((1 + Math.Cos(Math.PI * place)) / 2);
    }

    /// <param name="logF0">log(F0 in Hz + 1), 0 where unvoiced, [B, 1, T]</param>
    /// <returns>Natural log of magnitude to add, 0 where unvoiced, [B, 513, T]</returns>
    public Tensor Of(Tensor logF0)
    {
        using var scope = NewDisposeScope();
        var voiced = (logF0 > LeastLogF0).to_type(logF0.dtype);
        var hertz = logF0.clamp_min(LeastLogF0).exp() - 1;
        var ripple = (_hertz.On(logF0.device) / hertz * (2 * Math.PI)).cos() * _depth.On(logF0.device) - _level.On(logF0.device);
        return (ripple * voiced).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _hertz.Dispose();
        _depth.Dispose();
        _level.Dispose();
    }

    internal static double HertzOf(StudentArchitecture architecture, double bin) =>
        bin * architecture.SampleRate / (2.0 * (architecture.Features - 1));

    private static PlacedConstant Column(float[] values) => new(tensor(values, [1, values.Length, 1]));

    /// <summary>The modified Bessel function of order 0: the mean of exp(x · cos) over a turn.</summary>
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var n = 1; term > 1e-12 * sum; n++) sum += term *= x * x / (4.0 * n * n);
        return sum;
    }
}
