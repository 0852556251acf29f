using System.Numerics;
using System.Runtime.InteropServices;

namespace Tmrvc.Training;

/// <summary>One step's numbers, the same for every parameter.</summary>
internal readonly record struct AdamWConstants(
    float Beta1, float Beta2, float Epsilon, float Clip, float Decay, float StepSize, float SecondCorrection)
{
    public static AdamWConstants At(long update, OptimiserSettings settings, double learningRate, double clip) => new(
        (float)settings.Beta1,
        (float)settings.Beta2,
        (float)settings.Epsilon,
        (float)clip,
        Decay: (float)(1 - learningRate * settings.WeightDecay),
        StepSize: (float)(learningRate / (1 - Math.Pow(settings.Beta1, update))),
        SecondCorrection: (float)(1 / Math.Sqrt(1 - Math.Pow(settings.Beta2, update))));
}

/// <summary>
/// AdamW as one pass over memory: six separate tensor operators read and write each moment several times over.
/// Every element is computed alone, so the result does not depend on how the work is divided.
/// </summary>
internal static class AdamWKernel
{
    public static void Update(
        Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, AdamWConstants constants)
    {
        var whole = parameter.Length - parameter.Length % Vector<float>.Count;
        UpdateVectors(parameter[..whole], gradient[..whole], first[..whole], second[..whole], constants);
        for (var i = whole; i < parameter.Length; i++)
        {
            var g = gradient[i] * constants.Clip;
            first[i] = constants.Beta1 * first[i] + (1 - constants.Beta1) * g;
            second[i] = constants.Beta2 * second[i] + (1 - constants.Beta2) * (g * g);
            var deviation = MathF.Sqrt(second[i]) * constants.SecondCorrection + constants.Epsilon;
            parameter[i] = parameter[i] * constants.Decay - constants.StepSize * (first[i] / deviation);
        }
    }

    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var a, out var b);
            low += a * a;
            high += b * b;
        }
        var sum = Vector.Sum(low + high);
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..]) sum += (double)value * value;
        return sum;
    }

    private static void UpdateVectors(
        Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, AdamWConstants constants)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameter);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var m = MemoryMarshal.Cast<float, Vector<float>>(first);
        var v = MemoryMarshal.Cast<float, Vector<float>>(second);
        var epsilon = new Vector<float>(constants.Epsilon);
        for (var i = 0; i < p.Length; i++)
        {
            var clipped = g[i] * constants.Clip;
            m[i] = constants.Beta1 * m[i] + (1 - constants.Beta1) * clipped;
            v[i] = constants.Beta2 * v[i] + (1 - constants.Beta2) * (clipped * clipped);
            var deviation = Vector.SquareRoot(v[i]) * constants.SecondCorrection + epsilon;
            p[i] = p[i] * constants.Decay - constants.StepSize * (m[i] / deviation);
        }
    }
}
