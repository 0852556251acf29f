using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class MovingAverageTests
{
    [Test]
    public void The_average_follows_its_recurrence_with_a_rising_decay()
    {
        using var network = new CurveFitting();
        using var average = new MovingAverage(network, 0.5);
        double expected = Bias(network);
        for (var update = 1; update <= 12; update++)
        {
            SetBias(network, update);
            average.Update(update);
            var decay = Math.Min(0.5, (1.0 + update) / (10.0 + update));
            expected = decay * expected + (1 - decay) * update;
        }
        Assert.That(average.Values.Single(v => v.Name == "output.bias").Value.item<float>(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Applied_averages_are_taken_back_on_disposal()
    {
        using var network = new CurveFitting();
        using var average = new MovingAverage(network, 0.5);
        var before = Bias(network);
        SetBias(network, 5);
        using (average.Applied()) Assert.That(Bias(network), Is.EqualTo(before));
        Assert.That(Bias(network), Is.EqualTo(5));
        Assert.That(average.Values.Single(v => v.Name == "output.bias").Value.item<float>(), Is.EqualTo(before));
    }

    private static float Bias(CurveFitting network) => network.named_parameters().Single(p => p.name == "output.bias").parameter.item<float>();

    private static void SetBias(CurveFitting network, double value)
    {
        using var _ = no_grad();
        network.named_parameters().Single(p => p.name == "output.bias").parameter.fill_(value);
    }
}
