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
    public void A_loss_above_the_limit_moves_no_limit_and_is_counted_until_a_usual_one()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings { Patience = 2 });
        for (var i = 0; i < 20; i++) guard.Add(1 + 0.01 * (i % 5));
        var before = guard.Limit;
        guard.Add(1e6);
        Assert.That((guard.Limit, guard.Above, guard.IsExhausted), Is.EqualTo((before, 1, false)));
        guard.Add(1e6);
        Assert.That((guard.Limit, guard.Above, guard.IsExhausted), Is.EqualTo((before, 2, true)));
        guard.Add(1);
        Assert.That((guard.Above, guard.IsExhausted), Is.EqualTo((0, false)));
    }

    [Test]
    public void Where_losses_are_near_nothing_only_one_above_the_floor_is_too_high()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings { Floor = 0.1 });
        for (var i = 0; i < 20; i++) guard.Add(1e-5);
        guard.Add(0.05);
        Assert.That(guard.Above, Is.Zero);
        guard.Add(0.11);
        Assert.That(guard.Above, Is.EqualTo(1));
    }

    [Test]
    public void A_batch_of_many_utterances_is_told_by_its_first_three_and_their_number()
    {
        Assert.That(BatchNames.Short(["a/1, a/2", "b/1"]), Is.EqualTo("a/1, a/2, b/1"));
        Assert.That(BatchNames.Short(["a/1, a/2", "b/1, b/2, b/3"]), Is.EqualTo("a/1, a/2, b/1 and 2 more, 5 in all"));
    }

    [Test]
    public void Nothing_is_judged_before_twenty_losses_are_known()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings());
        for (var i = 0; i < 19; i++) guard.Add(1);
        Assert.That(guard.Limit, Is.EqualTo(double.PositiveInfinity));
        guard.Add(1);
        Assert.That(guard.Limit, Is.EqualTo(1 + 50 * 0.01).Within(1e-9));
    }

    [Test]
    public void In_a_short_window_nothing_is_judged_before_half_of_it_is_known()
    {
        var guard = new LossSpikeGuard(new LossSpikeSettings { Factor = 20, Window = 10 });
        for (var i = 0; i < 4; i++) guard.Add(1);
        Assert.That(guard.Limit, Is.EqualTo(double.PositiveInfinity));
        guard.Add(1);
        Assert.That(guard.Limit, Is.EqualTo(1 + 20 * 0.01).Within(1e-9));
    }

    [Test]
    public void One_outlier_is_told_and_learnt_from_to_the_bits_of_a_run_without_a_guard()
    {
        using var guarded = new TemporaryFolder();
        using var free = new TemporaryFolder();
        var run = new RecordedRun(guarded.Path);
        Assert.That(Train(run, Odd(25, 1)), Is.EqualTo(Train(new RecordedRun(free.Path), Odd(25, 1), Off)));
        Assert.That(run.Lines, Has.One.Contains("Step 25: ").And.One.Contains("batch points 25."));
        Assert.That(File.Exists(guarded["checkpoints/halt.json"]), Is.False);
    }

    [Test]
    public void Weights_that_diverge_stop_the_run_and_the_latest_checkpoint_is_from_before()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<LossSpikeException>(() => Train(new RecordedRun(folder.Path), CurveFitting.Batch, damagedAt: 25));
        Assert.That((error!.Spike.First, error.Spike.Step, error.Spike.IsDivergence), Is.EqualTo((26L, 35L, true)));
        Assert.That(error.Message, Does.Contain("points 35").And.Contain("have diverged").And.Contain("learning rate").And.Contain("runtime.loss_spike.factor"));
        Assert.That(Checkpoints(folder), Is.EquivalentTo(new[] { "step-0000000014", "step-0000000021" }));
        var report = JsonNode.Parse(File.ReadAllText(folder["checkpoints/halt.json"]))!;
        Assert.That(((long)report["step"]!, (string)report["batches"]![0]!, (long)report["spike"]!["first"]!), Is.EqualTo((35L, "points 35", 26L)));
    }

    [Test]
    public void Batches_that_are_odd_one_after_the_other_are_told_from_weights_that_diverge()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<LossSpikeException>(() => Train(new RecordedRun(folder.Path), Odd(25, 10)));
        Assert.That((error!.Spike.First, error.Spike.Step, error.Spike.IsDivergence), Is.EqualTo((25L, 34L, false)));
        Assert.That(error.Message, Does.Contain("batches are at fault").And.Contain("points 34"));
    }

    [Test]
    public void After_a_stop_it_goes_on_with_more_patience_to_the_bits_of_a_run_without_a_guard()
    {
        using var stopped = new TemporaryFolder();
        using var free = new TemporaryFolder();
        Assert.Throws<LossSpikeException>(() => Train(new RecordedRun(stopped.Path), Odd(25, 10)));
        Assert.That(
            Train(new RecordedRun(stopped.Path), Odd(25, 10), new() { Patience = 11 }),
            Is.EqualTo(Train(new RecordedRun(free.Path), Odd(25, 10), Off)));
        Assert.That(File.Exists(stopped["checkpoints/halt.json"]), Is.False);
    }

    [Test]
    public void A_checkpoint_that_is_due_at_an_outlier_is_made_at_the_next_usual_step()
    {
        using var folder = new TemporaryFolder();
        Train(new RecordedRun(folder.Path), Odd(34, 1));
        Assert.That(Checkpoints(folder), Is.EquivalentTo(new[] { "step-0000000036", "step-0000000040" }));
    }

    [Test]
    public void A_run_that_goes_on_knows_the_losses_before_its_checkpoint()
    {
        using var folder = new TemporaryFolder();
        Assert.That(
            () => Train(new RecordedRun(folder.Path), i => i < 23 ? CurveFitting.Batch(i) : throw new IOException("shard lost")),
            Throws.InvalidOperationException);
        Assert.That(Assert.Throws<LossSpikeException>(() => Train(new RecordedRun(folder.Path), Odd(25, 10)))!.Spike.First, Is.EqualTo(25));
    }

    [Test]
    public void Settings_out_of_range_are_mistakes() => Assert.That(
        new TeacherPhaseSettings { Runtime = new() { LossSpike = new() { Factor = double.NaN, Floor = -1, Window = 9, Patience = 0 } } }.Mistakes().Select(m => m.Property),
        Is.EquivalentTo(new[] { "runtime.loss_spike.factor", "runtime.loss_spike.floor", "runtime.loss_spike.window", "runtime.loss_spike.patience" }));

    private static LossSpikeSettings Off => new() { Factor = 0 };

    private static IEnumerable<string?> Checkpoints(TemporaryFolder folder) => Directory.GetDirectories(folder["checkpoints"]).Select(Path.GetFileName);

    private static Func<long, Points> Odd(long first, int count) => index => index >= first && index < first + count
        ? CurveFitting.Batch(index) with { Y = [.. Enumerable.Repeat(1000f, 8)] }
        : CurveFitting.Batch(index);

    /// <param name="damagedAt">The step after whose loss a weight is lost; −1 for none.</param>
    private static float[] Train(RecordedRun run, Func<long, Points> batches, LossSpikeSettings? guard = null, long damagedAt = -1)
    {
        using var network = new CurveFitting();
        var phase = network.Phase(40) with { Batches = batches, LossSpike = guard ?? new() };
        var learner = phase.Learners[0] with
        {
            Objective = (points, random) =>
            {
                var terms = network.Evaluate(points, random);
                if (points.Name == $"points {damagedAt}") Damage(network);
                return terms;
            },
        };
        using var outcome = new Trainer<Points>(phase with { Learners = [learner] }, CPU, TimeProvider.System).Run(run, CancellationToken.None);
        return [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];
    }

    private static void Damage(CurveFitting network)
    {
        using var _ = no_grad();
        network.parameters().Last().add_(1000);
    }
}
