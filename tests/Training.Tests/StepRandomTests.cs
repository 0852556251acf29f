using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class StepRandomTests
{
    [Test]
    public void The_same_place_gives_the_same_numbers_whatever_was_drawn_elsewhere()
    {
        var expected = Draw(seed: 5, step: 17, stream: 2);
        Draw(5, 18, 2);
        Assert.That(Draw(5, 17, 2), Is.EqualTo(expected));
    }

    [TestCase(6, 17, 2)]
    [TestCase(5, 18, 2)]
    [TestCase(5, 17, 3)]
    [TestCase(17, 5, 2)]
    public void Another_place_gives_other_numbers(long seed, long step, int stream) =>
        Assert.That(Draw(seed, step, stream), Is.Not.EqualTo(Draw(5, 17, 2)));

    [Test]
    public void Ten_thousand_steps_have_ten_thousand_seeds() =>
        Assert.That(Enumerable.Range(0, 10_000).Select(step => StepRandom.Mix(1, step, 0)).Distinct().Count(), Is.EqualTo(10_000));

    [Test]
    public void Normal_numbers_have_mean_0_and_deviation_1()
    {
        var values = Draw(1, 2, 3, count: 20_000);
        Assert.That(values.Average(), Is.EqualTo(0).Within(0.03));
        Assert.That(values.Average(v => v * v), Is.EqualTo(1).Within(0.05));
    }

    private static float[] Draw(long seed, long step, int stream, long count = 20)
    {
        using var random = new StepRandom(seed, step, stream, CPU);
        using var drawn = random.Normal(count);
        return drawn.data<float>().ToArray();
    }
}
