using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>From step 10 on, the training drives the network away from what it had learnt.</summary>
public sealed class KeptWeightsTests
{
    [Test]
    public void The_best_weights_are_those_of_the_lowest_validation_loss()
    {
        using var folder = new TemporaryFolder();
        using var network = new CurveFitting();
        var outcome = Train(folder.Path, network, KeptWeights.Best);
        var losses = MetricsFile.ValidationLosses(folder["checkpoints/metrics.jsonl"]);
        Assert.That(outcome.BestStep, Is.EqualTo(10).And.EqualTo(losses.MinBy(l => l.Loss).Step));
        Assert.That(LossOf(outcome), Is.EqualTo(losses.Single(l => l.Step == 10).Loss).Within(1e-6));
        outcome.Dispose();
    }

    [Test]
    public void The_last_weights_are_those_of_the_last_step()
    {
        using var folder = new TemporaryFolder();
        using var network = new CurveFitting();
        using var outcome = Train(folder.Path, network, KeptWeights.Last);
        Assert.That(LossOf(outcome), Is.EqualTo(MetricsFile.ValidationLosses(folder["checkpoints/metrics.jsonl"])[^1].Loss).Within(1e-6));
    }

    [Test]
    public void A_run_that_was_killed_after_its_best_step_still_gives_the_best_weights()
    {
        using var whole = new TemporaryFolder();
        using var killed = new TemporaryFolder();
        using var first = new CurveFitting();
        using var second = new CurveFitting();
        using var third = new CurveFitting();
        using var expected = Train(whole.Path, first, KeptWeights.Best);
        Assert.That(() => Train(killed.Path, second, KeptWeights.Best, dyingAt: 23), Throws.InvalidOperationException);
        using var outcome = Train(killed.Path, third, KeptWeights.Best);
        Assert.That(Values(outcome), Is.EqualTo(Values(expected)));
    }

    private static TrainingOutcome Train(string folder, CurveFitting network, KeptWeights keep, long dyingAt = long.MaxValue)
    {
        var phase = network.Phase(30) with
        {
            Keep = keep,
            Batches = index => index == dyingAt ? throw new IOException("shard lost")
                : index < 10 ? CurveFitting.Batch(index) : CurveFitting.Batch(index) with { Y = [.. Enumerable.Repeat(3f, 8)] },
        };
        return new Trainer<Points>(phase, CPU, TimeProvider.System).Run(new RecordedRun(folder), CancellationToken.None);
    }

    private static float[] Values(TrainingOutcome outcome) => [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];

    /// <summary>The validation loss of a network with a run's weights.</summary>
    private static double LossOf(TrainingOutcome outcome)
    {
        using var network = new CurveFitting();
        using var _ = no_grad();
        foreach (var (name, value) in outcome.Weights) network.named_parameters().Single(p => p.name == name).parameter.copy_(value);
        using var learner = new LearnerRun<Points>(network.Phase(1).Learners[0] with { AverageDecay = null });
        return learner.Validate(network.Phase(1).Validation, i => new StepRandom(3, step: 0, int.MaxValue / 2 + i, CPU)).Loss;
    }
}
