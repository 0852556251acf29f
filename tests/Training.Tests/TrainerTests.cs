using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class TrainerTests
{
    [Test]
    public void Two_hundred_steps_on_a_sine_bring_the_loss_below_a_twentieth()
    {
        using var folder = new TemporaryFolder();
        var run = new RecordedRun(folder.Path);
        Train(run, steps: 200);
        var losses = MetricsFile.ValidationLosses(folder["checkpoints/metrics.jsonl"]);
        Assert.That(losses[^1].Loss, Is.LessThan(losses[0].Loss / 20));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_run_interrupted_at_random_steps_ends_in_the_same_bits(int seed)
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        var expected = Train(new RecordedRun(whole.Path), steps: 40);
        var random = new Random(seed);
        for (var interruption = 0; interruption < 3; interruption++)
            Interrupt(new RecordedRun(broken.Path), steps: 40, after: random.Next(1, 15));
        Assert.That(Train(new RecordedRun(broken.Path), steps: 40), Is.EqualTo(expected));
        Assert.That(File.ReadAllBytes(broken["checkpoints/metrics.jsonl"]), Is.EqualTo(File.ReadAllBytes(whole["checkpoints/metrics.jsonl"])));
    }

    [Test]
    public void A_run_killed_between_checkpoints_ends_in_the_same_bits()
    {
        using var whole = new TemporaryFolder();
        using var killed = new TemporaryFolder();
        var expected = Train(new RecordedRun(whole.Path), steps: 30);
        Assert.That(() => Train(new RecordedRun(killed.Path), 30, batches: DyingAt(18)), Throws.InvalidOperationException);
        Assert.That(MetricsFile.Steps(killed["checkpoints/metrics.jsonl"]), Is.EqualTo(18));
        Assert.That(Train(new RecordedRun(killed.Path), 30), Is.EqualTo(expected));
        Assert.That(File.ReadAllBytes(killed["checkpoints/metrics.jsonl"]), Is.EqualTo(File.ReadAllBytes(whole["checkpoints/metrics.jsonl"])));
    }

    [Test]
    public void A_corrupt_checkpoint_costs_time_and_no_bits()
    {
        using var whole = new TemporaryFolder();
        using var hurt = new TemporaryFolder();
        var expected = Train(new RecordedRun(whole.Path), steps: 30);
        Assert.That(() => Train(new RecordedRun(hurt.Path), 30, batches: DyingAt(18)), Throws.InvalidOperationException);
        File.AppendAllText(hurt["checkpoints/step-0000000014/moments.safetensors"], "x");
        var run = new RecordedRun(hurt.Path);
        Assert.That(Train(run, 30), Is.EqualTo(expected));
        Assert.That(run.Lines, Has.Some.Contains("corrupt").And.Some.Contains("goes on from step 7"));
    }

    [Test]
    public void A_finished_run_gives_its_result_again_without_a_step()
    {
        using var folder = new TemporaryFolder();
        var expected = Train(new RecordedRun(folder.Path), 20);
        Assert.That(Train(new RecordedRun(folder.Path), 20, batches: DyingAt(0)), Is.EqualTo(expected));
    }

    [Test]
    public void The_intervals_of_checkpoints_and_the_depth_of_the_feed_change_no_bits()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var expected = Train(new RecordedRun(folder.Path), 20);
        Assert.That(Train(new RecordedRun(other.Path), 20, p => p with { CheckpointInterval = 3, Prefetch = 1 }), Is.EqualTo(expected));
    }

    [Test]
    public void Cancellation_saves_and_throws()
    {
        using var folder = new TemporaryFolder();
        Interrupt(new RecordedRun(folder.Path), steps: 40, after: 5);
        var latest = new CheckpointFolder(folder["checkpoints"], TestContext.Progress.WriteLine).FindLatest()!;
        Assert.That(latest.State.Step, Is.EqualTo(5));
    }

    [Test]
    public void An_improvement_writes_no_checkpoint_that_nobody_reads()
    {
        using var folder = new TemporaryFolder();
        Train(new RecordedRun(folder.Path), 20);
        Assert.That(Directory.GetDirectories(folder["checkpoints"]).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "step-0000000014", "step-0000000020" }));
    }

    [Test]
    public void A_run_cancelled_before_its_first_step_starts_anew()
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        var expected = Train(new RecordedRun(whole.Path), steps: 10);
        using var network = new CurveFitting();
        Assert.That(() => Run(network.Phase(10), new RecordedRun(broken.Path), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Train(new RecordedRun(broken.Path), steps: 10), Is.EqualTo(expected));
        Assert.That(File.ReadAllBytes(broken["checkpoints/metrics.jsonl"]), Is.EqualTo(File.ReadAllBytes(whole["checkpoints/metrics.jsonl"])));
    }

    [Test]
    public void A_loss_that_is_not_a_number_stops_the_run_with_step_and_batch_and_leaves_the_weights_alone()
    {
        using var folder = new TemporaryFolder();
        using var network = new CurveFitting();
        var phase = network.Phase(40) with
        {
            Batches = index => index == 7 ? CurveFitting.Batch(index) with { Y = [.. Enumerable.Repeat(float.NaN, 8)] } : CurveFitting.Batch(index),
        };
        var error = Assert.Throws<NonFiniteLossException>(() => Run(phase, new RecordedRun(folder.Path)).Dispose());
        Assert.That((error!.Step, error.Batch), Is.EqualTo((7L, "points 7")));
        Assert.That(error.Message, Does.Contain("step 7").And.Contain("points 7").And.Contain("NaN"));
        Assert.That(network.parameters().SelectMany(p => p.data<float>().ToArray()), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void A_batch_that_cannot_be_made_stops_the_run_with_its_reason()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => Train(new RecordedRun(folder.Path), 30, batches: DyingAt(3)),
            Throws.InvalidOperationException.With.Message.Contains("Batch 3").And.Message.Contains("shard lost"));
    }

    [Test]
    public void Accumulated_micro_batches_weigh_like_one_large_batch()
    {
        using var network = new CurveFitting();
        using var learner = new LearnerRun<Points>(network.Phase(1).Learners[0] with { Objective = Quiet(network) });
        var (first, second) = (CurveFitting.Batch(1), CurveFitting.Batch(2));
        var parts = learner.Accumulate([first, second], Silent);
        var whole = learner.Accumulate([new Points("both", [.. first.X, .. second.X], [.. first.Y, .. second.Y])], Silent);
        Assert.That(parts.Loss, Is.EqualTo(whole.Loss).Within(1e-6));
        Assert.That(parts.GradientNorm, Is.EqualTo(whole.GradientNorm).Within(1e-6));
    }

    [Test]
    public void Metrics_hold_step_loss_rate_and_gradient_norm_and_nothing_that_varies()
    {
        using var folder = new TemporaryFolder();
        Train(new RecordedRun(folder.Path), 20);
        var lines = File.ReadAllLines(folder["checkpoints/metrics.jsonl"]);
        Assert.That(lines[0], Does.Match("""^{"step":0,"validation_loss":[0-9.E-]+}$"""));
        Assert.That(lines[1], Does.Match("""^{"step":0,"loss":[0-9.E-]+,"lr":0.002,"grad_norm":[0-9.E-]+}$"""));
        Assert.That(lines, Has.Length.EqualTo(20 + 3));
    }

    [Test]
    public void Progress_ends_at_the_last_step_with_loss_and_waiting_and_leaves_speed_to_the_metrics_of_the_run()
    {
        using var folder = new TemporaryFolder();
        var run = new RecordedRun(folder.Path);
        Train(run, 20);
        Assert.That(run.Reports[^1].Done, Is.EqualTo(20));
        Assert.That(run.Reports[^1].Detail, Does.Match(@"^loss [0-9.]+, [0-9.]+ ?% waiting for data$"));
        Assert.That(run.Metrics.Keys, Is.SupersetOf(new[] { "steps_per_second", "data_wait_share", "final_loss" }));
    }

    [Test]
    public void A_run_that_is_short_of_data_says_what_share_of_the_time_it_waited()
    {
        using var folder = new TemporaryFolder();
        var run = new RecordedRun(folder.Path);
        Train(run, 10, batches: index =>
        {
            Thread.Sleep(100);
            return CurveFitting.Batch(index);
        });
        Assert.That(run.Metrics["data_wait_share"], Is.GreaterThan(0.5));
        Assert.That(run.Lines[^1], Does.Match(@"^10 steps, [0-9.]+ per second, [0-9.]+ ?% of the time waiting for data \(.+\); more than 2 ?%: raise runtime\.prefetch"));
    }

    [Test]
    public void The_shares_of_steps_validation_exhibits_and_checkpoints_are_left_and_make_up_most_of_the_time()
    {
        using var folder = new TemporaryFolder();
        var run = new RecordedRun(folder.Path);
        Train(run, 40);
        double[] shares = [.. new[] { "steps", "validation", "exhibits", "checkpoints" }.Select(work => run.Metrics[$"{work}_share"])];
        Assert.That(shares, Has.All.GreaterThanOrEqualTo(0));
        Assert.That(shares.Sum(), Is.InRange(0.8, 1.0));
        Assert.That(run.Lines[^1], Does.Match(@"\(validation [0-9.]+ ?%, exhibits [0-9.]+ ?%, steps [0-9.]+ ?%, checkpoints [0-9.]+ ?%\)"));
    }

    [Test]
    public void A_run_with_batches_at_hand_hardly_waits()
    {
        using var folder = new TemporaryFolder();
        var run = new RecordedRun(folder.Path);
        using var network = new CurveFitting();
        var slow = network.Phase(10).Learners[0] with
        {
            Objective = (batch, random) =>
            {
                Thread.Sleep(50);
                return network.Evaluate(batch, random);
            },
        };
        Run(network.Phase(10) with { Learners = [slow] }, run).Dispose();
        Assert.That(run.Metrics["data_wait_share"], Is.LessThan(0.2));
        Assert.That(run.Lines[^1], Does.StartWith("10 steps, "));
    }

    [Test]
    public void Two_micro_batches_of_four_lead_where_a_batch_of_eight_leads()
    {
        using var parts = new TemporaryFolder();
        using var whole = new TemporaryFolder();
        using var first = new CurveFitting();
        using var second = new CurveFitting();
        var halves = first.Phase(20, accumulation: 2) with { Batches = index => Half(CurveFitting.Batch(index / 2), (int)(index % 2)) };
        var accumulated = Weights(halves with { Learners = [halves.Learners[0] with { Objective = Quiet(first) }] }, parts);
        var wholes = second.Phase(20);
        var together = Weights(wholes with { Learners = [wholes.Learners[0] with { Objective = Quiet(second) }] }, whole);
        Assert.That(accumulated, Is.EqualTo(together).Within(1e-6));
    }

    private static Points Half(Points points, int half) => new(
        $"{points.Name}, half {half}", points.X[(4 * half)..(4 * half + 4)], points.Y[(4 * half)..(4 * half + 4)]);

    private static float[] Weights(Phase<Points> phase, TemporaryFolder folder)
    {
        using var outcome = Run(phase, new RecordedRun(folder.Path));
        return [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];
    }

    private static float[] Train(
        RecordedRun run, long steps, Func<Phase<Points>, Phase<Points>>? change = null, Func<long, Points>? batches = null)
    {
        using var network = new CurveFitting();
        var phase = network.Phase(steps) with { Batches = batches ?? CurveFitting.Batch };
        using var outcome = Run(change?.Invoke(phase) ?? phase, run);
        return [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];
    }

    private static TrainingOutcome Run(Phase<Points> phase, RecordedRun run, CancellationToken cancellation = default) =>
        new Trainer<Points>(phase, CPU, TimeProvider.System).Run(run, cancellation);

    private static void Interrupt(RecordedRun run, long steps, int after)
    {
        using var network = new CurveFitting();
        using var source = new CancellationTokenSource();
        var calls = 0;
        var phase = network.Phase(steps);
        var counted = phase.Learners[0] with
        {
            Objective = (batch, random) =>
            {
                if (is_grad_enabled() && ++calls == after) source.Cancel();
                return network.Evaluate(batch, random);
            },
        };
        Assert.That(() => Run(phase with { Learners = [counted] }, run, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Func<long, Points> DyingAt(long index) =>
        i => i < index ? CurveFitting.Batch(i) : throw new IOException("shard lost");

    private static Objective<Points> Quiet(CurveFitting network) => (points, _) =>
        [new LossTerm("mse", (network.forward(tensor(points.X, [points.X.Length, 1])) - tensor(points.Y, [points.Y.Length, 1])).square().mean())];

    private static StepRandom Silent(int _) => new(0, 0, 0, CPU);
}
