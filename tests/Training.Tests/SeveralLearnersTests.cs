using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class SeveralLearnersTests
{
    [Test]
    public void Each_learner_changes_its_own_network_alone_and_has_its_own_metrics()
    {
        using var folder = new TemporaryFolder();
        using var first = new CurveFitting();
        using var second = new CurveFitting();
        var phase = first.Phase(3);
        var adversary = phase.Learners[0] with { Name = "adversary", Network = second, UpdatesPerStep = 2, Objective = Against(first, second) };
        using var outcome = new Trainer<Points>(phase with { Learners = [phase.Learners[0], adversary] }, CPU, TimeProvider.System)
            .Run(new RecordedRun(folder.Path), CancellationToken.None);
        Assert.That(File.ReadAllText(folder["checkpoints/metrics.jsonl"]),
            Does.Contain("curve_loss").And.Contain("adversary_loss").And.Contain("adversary_distance").And.Contain("adversary_size"));
        Assert.That(Values(first), Is.EqualTo(Alone()));
        Assert.That(Values(second), Is.Not.EqualTo(Values(new CurveFitting())));
    }

    [Test]
    public void A_learner_that_begins_later_takes_the_steps_of_one_that_begins_at_once_to_the_bit() =>
        Assert.That(TrainedFrom(40), Is.EqualTo(TrainedFrom(0)).And.Not.EqualTo(Values(new CurveFitting())));

    [Test]
    public void Before_its_beginning_a_learner_costs_no_batch_and_stands_in_no_line()
    {
        using var folder = new TemporaryFolder();
        using var first = new CurveFitting();
        using var second = new CurveFitting();
        List<string> toFirst = [], toSecond = [];
        var phase = first.Phase(4) with { Validation = [] };
        var curve = phase.Learners[0] with { Objective = Noting(first, toFirst) };
        var late = phase.Learners[0] with { Name = "late", Network = second, From = 2, Objective = Noting(second, toSecond) };
        using var outcome = new Trainer<Points>(phase with { Learners = [curve, late] }, CPU, TimeProvider.System)
            .Run(new RecordedRun(folder.Path), CancellationToken.None);
        Assert.That(toFirst, Is.EqualTo(new[] { "points 0", "points 1", "points 2", "points 4" }));
        Assert.That(toSecond, Is.EqualTo(new[] { "points 3", "points 5" }));
        Assert.That(File.ReadLines(folder["checkpoints/metrics.jsonl"]).Select(line => line.Contains("late_loss")), Is.EqualTo(new[] { false, false, true, true }));
    }

    [Test]
    public void The_learner_whose_loss_is_the_phases_begins_with_it() => Assert.That(
        () => new CurveFitting().Phase(3) is var phase ? phase with { Learners = [phase.Learners[0] with { From = 1 }] } : null,
        Throws.ArgumentException.With.Message.StartsWith("curve: learns from step 1"));

    /// <summary>A second network after three updates on the same points.</summary>
    private static float[] TrainedFrom(long step)
    {
        using var folder = new TemporaryFolder();
        using var first = new CurveFitting();
        using var second = new CurveFitting();
        var phase = first.Phase(step + 3) with { Validation = [] };
        var late = phase.Learners[0] with { Name = "late", Network = second, From = step, Objective = Fitting(second), LearningRate = new(LearningRateShape.Cosine, 1e-2, 3, 2) };
        using var outcome = new Trainer<Points>(phase with { Learners = [phase.Learners[0], late] }, CPU, TimeProvider.System)
            .Run(new RecordedRun(folder.Path), CancellationToken.None);
        return Values(second);
    }

    private static Objective<Points> Fitting(CurveFitting network) => (_, _) =>
    {
        var points = CurveFitting.Batch(5);
        return [new LossTerm("mse", (network.forward(tensor(points.X, [8, 1])) - tensor(points.Y, [8, 1])).square().mean())];
    };

    private static Objective<Points> Noting(CurveFitting network, List<string> names) => (points, random) =>
    {
        names.Add(points.Name);
        return network.Evaluate(points, random);
    };

    /// <summary>The first network trained on the micro-batches that two learners leave it: every third one.</summary>
    private static float[] Alone()
    {
        using var folder = new TemporaryFolder();
        using var network = new CurveFitting();
        var phase = network.Phase(3) with { Batches = index => CurveFitting.Batch(3 * index) };
        using var outcome = new Trainer<Points>(phase, CPU, TimeProvider.System).Run(new RecordedRun(folder.Path), CancellationToken.None);
        return Values(network);
    }

    private static Objective<Points> Against(CurveFitting first, CurveFitting second) => (points, _) =>
    {
        var x = tensor(points.X, [points.X.Length, 1]);
        return
        [
            new LossTerm("distance", (second.forward(x) - first.forward(x)).square().mean()),
            new LossTerm("size", second.forward(x).square().mean(), Weight: 0.1),
        ];
    };

    private static float[] Values(CurveFitting network) => [.. network.parameters().SelectMany(p => p.data<float>().ToArray())];
}
