using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class AdamWTests
{
    private static readonly OptimiserSettings Settings = new() { WeightDecay = 0.1, ClipNorm = 0.5, Beta1 = 0.8, Beta2 = 0.95 };

    [Test]
    public void Thirty_updates_agree_with_the_algorithm_in_double_precision()
    {
        using var network = new CurveFitting();
        using var optimiser = new AdamW(network, Settings);
        var reference = new DoubleAdamW([.. Flat(network)], Settings);
        for (var update = 1; update <= 30; update++)
        {
            Differentiate(network, optimiser, update);
            var gradient = network.parameters().SelectMany(p => p.grad!.data<float>().ToArray()).ToArray();
            var norm = optimiser.GradientNorm();
            Assert.That(norm, Is.EqualTo(Math.Sqrt(gradient.Sum(g => (double)g * g))).Within(1e-9));
            optimiser.Step(update, 0.01, norm);
            reference.Step(gradient, update, 0.01);
        }
        Assert.That(Flat(network), Is.EqualTo(reference.Parameters).Within(2e-6));
    }

    [Test]
    public void The_fused_pass_and_the_operators_agree()
    {
        using var network = new CurveFitting();
        using var other = new CurveFitting();
        using var fused = new AdamW(network, Settings);
        using var operators = new AdamW(other, Settings);
        Differentiate(network, fused, 1);
        Differentiate(other, operators, 1);
        var constants = AdamWConstants.At(update: 3, Settings, learningRate: 0.02, clip: 0.7);
        foreach (var slot in fused.Slots()) slot.UpdateFused(constants);
        foreach (var slot in operators.Slots()) slot.UpdateWithOperators(constants);
        Assert.That(Flat(network), Is.EqualTo(Flat(other)).Within(1e-6));
        Assert.That(Flat(network), Is.Not.EqualTo(Flat(new CurveFitting())).Within(1e-3));
    }

    [Test]
    public void The_vectors_end_and_their_remainder_are_treated_alike()
    {
        var constants = AdamWConstants.At(1, Settings, 0.01, clip: 1);
        float[] Updated(int length)
        {
            var parameter = Enumerable.Repeat(1f, length).ToArray();
            AdamWKernel.Update(parameter, Enumerable.Repeat(0.25f, length).ToArray(), new float[length], new float[length], constants);
            return parameter;
        }
        Assert.That(Updated(19), Is.All.EqualTo(Updated(1)[0]).Within(1e-7));
    }

    private static void Differentiate(CurveFitting network, AdamW optimiser, int step)
    {
        optimiser.ZeroGradients();
        using var random = new StepRandom(1, step, 0, CPU);
        network.Evaluate(CurveFitting.Batch(step), random)[0].Value.backward();
    }

    private static IEnumerable<double> Flat(nn.Module network) =>
        network.parameters().SelectMany(p => p.data<float>().ToArray()).Select(v => (double)v).ToList();

    /// <summary>Algorithm 2 of Loshchilov and Hutter (2019), with clipping by norm.</summary>
    private sealed class DoubleAdamW(double[] parameters, OptimiserSettings settings)
    {
        private readonly double[] _first = new double[parameters.Length];
        private readonly double[] _second = new double[parameters.Length];

        public double[] Parameters => parameters;

        public void Step(float[] gradient, int update, double rate)
        {
            var norm = Math.Sqrt(gradient.Sum(g => (double)g * g));
            var scale = norm > settings.ClipNorm ? settings.ClipNorm / norm : 1;
            for (var i = 0; i < parameters.Length; i++)
            {
                var g = gradient[i] * scale;
                parameters[i] -= rate * settings.WeightDecay * parameters[i];
                _first[i] = settings.Beta1 * _first[i] + (1 - settings.Beta1) * g;
                _second[i] = settings.Beta2 * _second[i] + (1 - settings.Beta2) * g * g;
                var first = _first[i] / (1 - Math.Pow(settings.Beta1, update));
                var second = _second[i] / (1 - Math.Pow(settings.Beta2, update));
                parameters[i] -= rate * first / (Math.Sqrt(second) + settings.Epsilon);
            }
        }
    }
}
