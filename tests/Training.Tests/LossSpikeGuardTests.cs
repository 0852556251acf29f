using System.Text.Json.Nodes;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class LossSpikeGuardTests
{
    [Test]
    public void The_limit_is_the_median_and_so_many_deviations()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings { Factor = 10, Window = 10 });
        foreach (var loss in new[] { 1.0, 2, 3, 4, 5, 1, 2, 3, 4, 5 }) guard.Add(loss);
        Assert.That(guard.Limit, Is.EqualTo(3 + 10 * 1.4826 * 1).Within(1e-12)); // distances from 3: 0 0 1 1 1 1 2 2 2 2
    }

    [Test]
    public void One_outlier_hardly_moves_the_limit()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings { Window = 20 });
        for (var i = 0; i < 20; i++) guard.Add(1 + 0.01 * (i % 5));
        var before = guard.Limit;
        guard.Add(1e6);
        Assert.That(guard.Limit, Is.EqualTo(before).Within(0.5));
    }

    [Test]
    public void Nothing_is_judged_before_half_the_window_is_known()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings { Factor = 20, Window = 10 });
        for (var i = 0; i < 4; i++) guard.Add(1);
        Assert.That(guard.Limit, Is.EqualTo(double.PositiveInfinity));
        guard.Add(1);
        Assert.That(guard.Limit, Is.EqualTo(1 + 20 * 0.01).Within(1e-9));
    }

    [Test]
    public void A_spike_stops_the_run_names_its_batch_and_keeps_every_step_before_it()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<LossSpikeException>(() => Train(folder.Path, Spiking));
        Assert.That(error!.Message, Does.Contain("step 25").And.Contain("points 25").And.Contain("runtime.loss_spike.factor"));
        var report = JsonNode.Parse(File.ReadAllText(folder["checkpoints/halt.json"]))!;
        Assert.That(((long)report["step"]!, (string)report["batches"]![0]!), Is.EqualTo((25L, "points 25")));
        Assert.That(new CheckpointFolder(folder["checkpoints"], _ => { }).FindLatest()!.State.Step, Is.EqualTo(25));
    }

    [Test]
    public void With_the_guard_off_it_goes_on_from_that_step_to_the_bits_of_a_run_without_a_guard()
    {
        using var stopped = new TemporaryFolder();
        using var free = new TemporaryFolder();
        var off = new LossSpikeSettings { Factor = 0 };
        Assert.Throws<LossSpikeException>(() => Train(stopped.Path, Spiking));
        Assert.That(Train(stopped.Path, Spiking, off), Is.EqualTo(Train(free.Path, Spiking, off)));
        Assert.That(File.Exists(stopped["checkpoints/halt.json"]), Is.False);
    }

    [Test]
    public void A_run_that_goes_on_knows_the_losses_before_its_checkpoint()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => Train(folder.Path, i => i < 23 ? CurveFitting.Batch(i) : throw new IOException("shard lost")), Throws.InvalidOperationException);
        Assert.That(Assert.Throws<LossSpikeException>(() => Train(folder.Path, Spiking))!.Step, Is.EqualTo(25));
    }

    [Test]
    public void Settings_out_of_range_are_mistakes() => Assert.That(
        new TeacherPhaseSettings { Runtime = new() { LossSpike = new() { Factor = double.NaN, Window = 9 } } }.Mistakes().Select(m => m.Property),
        Is.EquivalentTo(new[] { "runtime.loss_spike.factor", "runtime.loss_spike.window" }));

    private static Points Spiking(long index) => index == 25
        ? CurveFitting.Batch(index) with { Y = [.. Enumerable.Repeat(1000f, 8)] }
        : CurveFitting.Batch(index);

    private static float[] Train(string folder, Func<long, Points> batches, LossSpikeSettings? guard = null)
    {
        using var network = new CurveFitting();
        var phase = network.Phase(30) with { Batches = batches, LossSpike = guard ?? new() { Window = 20 } };
        using var outcome = new Trainer<Points>(phase, CPU, TimeProvider.System).Run(new RecordedRun(folder), CancellationToken.None);
        return [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];
    }
}
