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
