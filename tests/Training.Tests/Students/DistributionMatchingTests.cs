using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class DistributionMatchingTests
{
    private const int Batch = 2, Bands = 3, Frames = 4;

    [Test]
    public void The_gradient_is_that_of_the_paper_in_double_precision()
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(1, 0, 0, CPU);
        var sample = random.Normal(Batch, Bands, Frames).requires_grad_(true);
        var (byData, bySamples) = (random.Normal(Batch, Bands, Frames), random.Normal(Batch, Bands, Frames));
        var mask = tensor(new float[] { 1, 1, 1, 1, 1, 1, 0, 0 }, [Batch, 1, Frames]);
        DistributionMatching.Loss(sample, DistributionMatching.Direction(sample, byData, bySamples, mask), mask).backward();
        Assert.That(sample.grad!.data<float>().ToArray(), Is.EqualTo(InDouble(Values(sample), Values(byData), Values(bySamples), lengths: [4, 2])).Within(1e-7));
    }

    [Test]
    public void Where_both_flows_agree_nothing_is_to_be_done()
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(2, 0, 0, CPU);
        var (sample, known) = (random.Normal(Batch, Bands, Frames).requires_grad_(true), random.Normal(Batch, Bands, Frames));
        var loss = DistributionMatching.Loss(sample, DistributionMatching.Direction(sample, known, known, mask: null), mask: null);
        loss.backward();
        Assert.That((loss.ToDouble(), sample.grad!.abs().max().ToDouble()), Is.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void A_generator_of_one_Gaussian_comes_to_give_another()
    {
        using var scope = NewDisposeScope();
        var (mean, deviation) = (tensor(new[] { -2f }).requires_grad_(true), tensor(new[] { 0.3f }).requires_grad_(true));
        for (var step = 0; step < 400; step++)
        {
            using var inner = NewDisposeScope();
            using var random = new StepRandom(3, step, 0, CPU);
            var sample = mean + deviation * random.Normal(256, 1, 1);
            var (time, noise) = (random.Uniform(256) * 0.96 + 0.02, random.Normal(256, 1, 1));
            var position = RectifiedFlow.Position(sample.detach(), noise, time);
            var direction = DistributionMatching.Direction(
                sample, Clean(position, time, 1.5, 1), Clean(position, time, mean.item<float>(), deviation.item<float>()), mask: null);
            DistributionMatching.Loss(sample, direction, mask: null).backward();
            using var _ = no_grad();
            foreach (var parameter in new[] { mean, deviation })
            {
                parameter.copy_(parameter - parameter.grad! * 0.2);
                parameter.grad!.zero_();
            }
        }
        Assert.That((double)mean.item<float>(), Is.EqualTo(1.5).Within(0.15));
        Assert.That((double)deviation.item<float>(), Is.EqualTo(1).Within(0.15));
    }

    /// <summary>E[x0 | x_t] where x0 is N(mean, deviation²).</summary>
    private static Tensor Clean(Tensor position, Tensor time, double mean, double deviation)
    {
        var t = time.view(-1, 1, 1);
        var (signal, noise) = (1 - t, t.square());
        var gain = signal * (deviation * deviation) / (signal.square() * (deviation * deviation) + noise);
        return mean + gain * (position - signal * mean);
    }

    private static IEnumerable<double> InDouble(double[] sample, double[] byData, double[] bySamples, int[] lengths)
    {
        var inside = Enumerable.Range(0, sample.Length).Select(i => i % Frames < lengths[i / (Bands * Frames)]).ToArray();
        for (var i = 0; i < sample.Length; i++)
        {
            var own = Enumerable.Range(i / (Bands * Frames) * Bands * Frames, Bands * Frames).Where(j => inside[j]);
            var distance = own.Average(j => Math.Abs(sample[j] - byData[j]));
            yield return inside[i] ? (bySamples[i] - byData[i]) / distance / inside.Count(one => one) : 0;
        }
    }

    private static double[] Values(Tensor tensor) => [.. tensor.detach().data<float>().ToArray().Select(value => (double)value)];
}
