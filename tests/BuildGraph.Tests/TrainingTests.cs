using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 9 as far as one machine goes: checkpoints belong to the key and outlive the process.</summary>
public sealed class TrainingTests
{
    private static TestTraining Train(Func<int, bool> fails, string settings = "")
    {
        return new TestTraining("Train", (run, _) =>
        {
            var state = Path.Combine(run.Checkpoints, "step");
            var start = File.Exists(state) ? int.Parse(File.ReadAllText(state)) : 0;
            run.Log($"starts at {start}");
            for (var step = start; step < 10; step++)
            {
                if (fails(step))
                    throw new InvalidOperationException($"power cut at {step}");
                File.WriteAllText(state, $"{step + 1}");
            }
            File.WriteAllText(run.Output("weights.txt"), "w");
            return Task.CompletedTask;
        })
        { With = new Content { Text = settings } };
    }

    private static async Task<(StageState, string?)> Run(Checkout checkout, TestTraining stage, Force? force = null)
    {
        var observer = new Transcript();
        var summary = await checkout.Engine(stage)
            .Start(["Train"], RunOptions.Default with { Force = force ?? Force.None }, observer).Finished;
        return (summary["Train"].State, observer.Lines.FirstOrDefault(line => line.Contains("starts")));
    }

    [Test]
    public async Task Checkpoints_outlive_a_failure_and_are_no_outputs()
    {
        using var checkout = new Checkout();
        await Run(checkout, Train(step => step == 4));
        Assert.That(checkout.ArtifactFiles(), Has.None.StartsWith("store/objects"));
        Assert.That(await Run(checkout, Train(_ => false)), Is.EqualTo((StageState.Ran, "Train: starts at 4")));
    }

    [Test]
    public async Task Trials_of_other_settings_do_not_cost_a_half_finished_run_its_checkpoints()
    {
        using var checkout = new Checkout();
        await Run(checkout, Train(step => step == 4, "a"));
        foreach (var trial in new[] { "b", "c" })
            Assert.That(await Run(checkout, Train(_ => false, trial)), Is.EqualTo((StageState.Ran, "Train: starts at 0")));
        Assert.That(await Run(checkout, Train(_ => false, "a")), Is.EqualTo((StageState.Ran, "Train: starts at 4")));
    }

    [Test]
    public async Task Of_several_half_finished_runs_under_other_keys_the_latest_keeps_its_checkpoints()
    {
        using var checkout = new Checkout();
        await Run(checkout, Train(step => step == 4, "a"));
        var older = Directory.GetDirectories(Path.Combine(checkout.Artifacts, "runs/smoke/Train")).Single();
        Directory.SetLastWriteTimeUtc(older, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Run(checkout, Train(step => step == 2, "b"));
        await Run(checkout, Train(step => step == 3, "c"));
        Assert.That(await Run(checkout, Train(_ => false, "b")), Is.EqualTo((StageState.Ran, "Train: starts at 2")));
        Assert.That(await Run(checkout, Train(_ => false, "a")), Is.EqualTo((StageState.Ran, "Train: starts at 0")));
    }

    [Test]
    public async Task A_forced_run_starts_anew()
    {
        using var checkout = new Checkout();
        await Run(checkout, Train(step => step == 4));
        Assert.That(await Run(checkout, Train(_ => false), Force.Everything), Is.EqualTo((StageState.Ran, "Train: starts at 0")));
    }

    [Test]
    public async Task Cancelling_lets_a_stage_save_and_ends_the_run_as_preempted()
    {
        using var checkout = new Checkout();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var stage = new TestTraining("Train", async (run, cancellation) =>
        {
            var state = Path.Combine(run.Checkpoints, "state");
            if (!File.Exists(state))
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
                await File.WriteAllTextAsync(state, "saved", CancellationToken.None);
                cancellation.ThrowIfCancellationRequested();
            }
            File.Copy(state, run.Output("weights.txt"));
        });
        var after = Make.Upper("After", new StageInput.Output("in", "Train", "weights.txt"));
        var run = checkout.Engine(stage, after).Start(["After"], RunOptions.Default, new SilentObserver(), stop.Token);
        await started.Task;
        stop.Cancel();
        var summary = await run.Finished;
        Assert.That((summary.Result, summary["Train"].State, summary["After"].State),
            Is.EqualTo((RunResult.Preempted, StageState.Interrupted, StageState.Interrupted)));
        Assert.That((await checkout.Run(stage, after)).Output("After"), Is.EqualTo("SAVED"));
    }
}
