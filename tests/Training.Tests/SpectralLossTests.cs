using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class SpectralLossTests
{
    private static readonly IReadOnlyList<StftResolution> Small = [new(16, 4, 16), new(32, 8, 24)];

    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void The_loss_is_that_of_the_definition_in_float64()
    {
        var (made, wanted) = (Noise(1), Noise(2));
        Assert.That(new SpectralLoss(Small).Evaluate(tensor(made, [2, 60]), tensor(wanted, [2, 60])).ToDouble(),
            Is.EqualTo(Reference(made, wanted)).Within(1e-6));
    }

    [Test]
    public void Its_gradient_agrees_with_finite_differences()
    {
        var (made, wanted) = (Noise(1), Noise(2));
        var waveform = tensor(made, [2, 60]).requires_grad_();
        new SpectralLoss(Small).Evaluate(waveform, tensor(wanted, [2, 60])).backward();
        const double step = 1e-5;
        foreach (var index in new[] { 0, 17, 59, 60, 101 })
        {
            double Moved(double by)
            {
                var moved = (double[])made.Clone();
                moved[index] += by;
                return Reference(moved, wanted);
            }
            Assert.That(waveform.grad!.data<double>()[index], Is.EqualTo((Moved(step) - Moved(-step)) / (2 * step)).Within(1e-5), $"sample {index}");
        }
    }

    [Test]
    public void Equal_waveforms_cost_nothing_and_silence_has_a_finite_gradient()
    {
        var waveform = tensor(Noise(1), [2, 60]);
        var silence = zeros(2, 60, ScalarType.Float64).requires_grad_();
        var loss = new SpectralLoss(Small);
        loss.Evaluate(silence, waveform).backward();
        Assert.That(loss.Evaluate(waveform, waveform).ToDouble(), Is.Zero);
        Assert.That(silence.grad!.data<double>().ToArray().All(double.IsFinite), Is.True);
    }

    [Test]
    public void What_stands_outside_the_mask_has_no_influence()
    {
        var (made, wanted) = (tensor(Noise(1), [2, 60]), tensor(Noise(2), [2, 60]));
        var mask = stack([ones(60, ScalarType.Float64), arange(60).lt(32).to(ScalarType.Float64)]);
        var spoilt = made.masked_fill(mask.eq(0), double.NaN);
        var loss = new SpectralLoss(Small);
        Assert.That(loss.Evaluate(spoilt, wanted, mask).ToDouble(), Is.EqualTo(loss.Evaluate(made, wanted, mask).ToDouble()));
    }

    [Test]
    public void An_utterance_has_its_share()
    {
        var (made, wanted) = (Noise(1), Noise(2));
        var shared = new SpectralLoss(Small).Evaluate(tensor(made, [2, 60]), tensor(wanted, [2, 60]), shares: tensor(new[] { 0.2, 0.6 }, [2]));
        Assert.That(shared.ToDouble(), Is.EqualTo(0.2 * OfOne(made[..60], wanted[..60]) + 0.6 * OfOne(made[60..], wanted[60..])).Within(1e-6));
    }

    private static double Reference(double[] made, double[] wanted) => (OfOne(made[..60], wanted[..60]) + OfOne(made[60..], wanted[60..])) / 2;

    private static double OfOne(double[] made, double[] wanted) => Small.Average(resolution =>
    {
        var pairs = Pairs(made, wanted, resolution).ToList();
        var convergence = Math.Sqrt(pairs.Sum(p => Math.Pow(p.Wanted - p.Made, 2))) / Math.Sqrt(pairs.Sum(p => p.Wanted * p.Wanted));
        return convergence + pairs.Average(p => Math.Abs(Math.Log(p.Wanted) - Math.Log(p.Made)));
    });

    private static IEnumerable<(double Made, double Wanted)> Pairs(double[] made, double[] wanted, StftResolution resolution)
    {
        var (left, right) = (NaiveSpectrum.Magnitudes(made, resolution), NaiveSpectrum.Magnitudes(wanted, resolution));
        return left.Cast<double>().Zip(right.Cast<double>()).Select(p => (Guarded(p.First), Guarded(p.Second)));
    }

    private static double Guarded(double magnitude) => Math.Sqrt(magnitude * magnitude + 1e-9);

    private static double[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble() - 0.5)];
    }
}
