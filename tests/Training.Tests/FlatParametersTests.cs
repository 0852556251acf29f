using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>What a GPU does with all parameters at once, on the CPU.</summary>
public sealed class FlatParametersTests
{
    private static readonly OptimiserSettings Settings = new() { WeightDecay = 0.1, ClipNorm = 0.5 };

    [Test]
    public void Parameters_keep_their_values_shapes_and_gradients_in_one_piece()
    {
        using var network = new CurveFitting();
        using var before = new CurveFitting();
        using var flat = new FlatParameters(network);
        Differentiate(network, 1);
        Differentiate(before, 1);
        Assert.That(Values(network), Is.EqualTo(Values(before)));
        Assert.That(network.parameters().Select(p => p.shape), Is.EqualTo(before.parameters().Select(p => p.shape)));
        Assert.That(flat.Values.square().sum().ToDouble(), Is.EqualTo(Values(before).Sum(value => (double)value * value)).Within(1e-5));
        Assert.That(flat.Gradients.norm().ToDouble(), Is.EqualTo(Norm(before)).Within(1e-6));
    }

    [Test]
    public void Thirty_updates_end_where_those_of_each_parameter_alone_end_and_so_does_their_average()
    {
        using var network = new CurveFitting();
        using var alone = new CurveFitting();
        using var flat = new FlatParameters(network);
        var together = Train(network, flat);
        var expected = Train(alone, null);
        Assert.That(Values(network), Is.EqualTo(Values(alone)).Within(1e-5));
        Assert.That(together.Keys, Is.EqualTo(expected.Keys));
        foreach (var (name, values) in expected) Assert.That(together[name], Is.EqualTo(values).Within(1e-5), name);
    }

    [Test]
    public void Averages_are_put_into_the_network_and_taken_out_again()
    {
        using var network = new CurveFitting();
        using var flat = new FlatParameters(network);
        using var average = new MovingAverage(network, 0.9, flat);
        var first = Values(network);
        using (no_grad()) flat.Values.add_(1);
        var live = Values(network);
        using (average.Applied()) Assert.That(Values(network), Is.EqualTo(first));
        Assert.That(Values(network), Is.EqualTo(live));
    }

    [Test]
    public void Weights_that_are_loaded_arrive_in_the_one_piece()
    {
        using var folder = new TemporaryFolder();
        using var network = new CurveFitting();
        using var flat = new FlatParameters(network);
        using (no_grad()) flat.Values.mul_(2);
        ModuleWeights.Save(network, folder["weights"]);
        var saved = Values(network);
        using (no_grad()) flat.Values.zero_();
        ModuleWeights.Load(network, folder["weights"]);
        Assert.That(Values(network), Is.EqualTo(saved));
        Assert.That(flat.Values.abs().sum().ToDouble(), Is.EqualTo(saved.Sum(value => Math.Abs((double)value))).Within(1e-4));
    }

    /// <returns>Moments and averages by name.</returns>
    private static SortedDictionary<string, float[]> Train(CurveFitting network, FlatParameters? flat)
    {
        using var optimiser = new AdamW(network, Settings, flat);
        using var average = new MovingAverage(network, 0.9, flat);
        for (var update = 1; update <= 30; update++)
        {
            optimiser.ZeroGradients();
            Differentiate(network, update);
            optimiser.Step(update, 0.01, optimiser.GradientNorm());
            average.Update(update);
        }
        return new(optimiser.Moments().Concat(average.Values).ToDictionary(t => t.Name, t => t.Value.contiguous().data<float>().ToArray()));
    }

    private static void Differentiate(CurveFitting network, int step)
    {
        using var random = new StepRandom(1, step, 0, CPU);
        network.Evaluate(CurveFitting.Batch(step), random)[0].Value.backward();
    }

    private static float[] Values(CurveFitting network) => [.. network.parameters().SelectMany(p => p.data<float>().ToArray())];

    private static double Norm(CurveFitting network) =>
        Math.Sqrt(network.parameters().SelectMany(p => p.grad!.data<float>().ToArray()).Sum(g => (double)g * g));
}
