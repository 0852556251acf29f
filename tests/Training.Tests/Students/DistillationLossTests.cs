using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class DistillationLossTests
{
    /// <summary>One band, two stretches: noise 3, halfway 2, speech 0 in the first frame.</summary>
    private static Tensor Positions => tensor(new float[] { 3, 5, 2, 7, 0, 9 }, [1, 3, 1, 2]);

    [Test]
    public void The_loss_is_the_squared_difference_of_velocities_in_the_mean_over_stretches()
    {
        using var scope = NewDisposeScope();
        var mask = tensor(new float[] { 1, 0 }, [1, 1, 2]);
        // (3 − 1)/1 = 2 against (3 − 2)·2 = 2, and (2 − 1)/½ = 2 against (2 − 0)·2 = 4.
        var loss = DistillationLoss.OfVelocity(Positions, tensor(new float[] { 1, 100 }, [1, 1, 2]), mask);
        Assert.That(loss.ToDouble(), Is.EqualTo((0 + 4) / 2.0).Within(1e-6), "and what is masked does not count");
    }

    [Test]
    public void The_speech_of_a_straight_way_is_its_only_answer()
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(1, 0, 0, CPU);
        var (clean, noise) = (random.Normal(2, 4, 5), random.Normal(2, 4, 5));
        var way = stack(Enumerable.Range(0, 6).Select(n => clean * (n / 5.0) + noise * (1 - n / 5.0)).ToArray(), 1);
        Assert.That(DistillationLoss.OfVelocity(way, clean, mask: null).ToDouble(), Is.Zero.Within(1e-9));
        Assert.That(DistillationLoss.OfVelocity(way, clean + 0.1, mask: null).ToDouble(),
            Is.EqualTo(0.01 * (1 + 1 / .64 + 1 / .36 + 1 / .16 + 1 / .04) / 5).Within(1e-4), "an error counts as the square of 1/t");
    }

    [Test]
    public void Content_is_judged_by_its_direction_and_by_its_distance_relative_to_its_power()
    {
        using var scope = NewDisposeScope();
        var (read, content) = (tensor(new float[] { 1, 3, 0, 4 }, [1, 2, 2]), tensor(new float[] { 0, 3, 2, 4 }, [1, 2, 2]));
        var (squared, cosine) = DistillationLoss.OfContent(read, content, mask: null);
        Assert.That(squared.ToDouble(), Is.EqualTo((1 + 4) / (4 + 25.0)).Within(1e-6));
        Assert.That(cosine.ToDouble(), Is.EqualTo((1 + 0) / 2.0).Within(1e-6));
        (squared, cosine) = DistillationLoss.OfContent(read, content, tensor(new float[] { 0, 1 }, [1, 1, 2]));
        Assert.That((squared.ToDouble(), cosine.ToDouble()), Is.EqualTo((0.0, 0.0)).Within(1e-6));
    }
}
