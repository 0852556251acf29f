namespace Tmrvc.Training.Tests;

public sealed class LearningRateTests
{
    private static readonly LearningRate Cosine = new(LearningRateShape.Cosine, Peak: 2e-4, Steps: 110, WarmUp: 10);

    [TestCase(0, 2e-5)]
    [TestCase(4, 1e-4)]
    [TestCase(9, 2e-4)]
    public void Warm_up_rises_linearly_to_the_peak(long step, double expected) =>
        Assert.That(Cosine.At(step), Is.EqualTo(expected).Within(1e-12));

    [TestCase(10, 1.0)]
    [TestCase(35, 0.85355339059327)]
    [TestCase(60, 0.5)]
    [TestCase(85, 0.14644660940673)]
    [TestCase(110, 0.0)]
    public void Cosine_passes_its_known_values(long step, double share) =>
        Assert.That(Cosine.At(step), Is.EqualTo(2e-4 * share).Within(1e-15));

    [Test]
    public void Constant_stays_at_the_peak_after_the_warm_up()
    {
        var rate = new LearningRate(LearningRateShape.Constant, Peak: 1, Steps: 100, WarmUp: 2);
        Assert.That(new[] { rate.At(0), rate.At(1), rate.At(2), rate.At(99) }, Is.EqualTo(new[] { 0.5, 1, 1, 1 }));
    }
}
