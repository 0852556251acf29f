using System.Globalization;
using Azure.Storage.Blobs.Specialized;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 9 between machines: a training goes on from the latest checkpoint, whoever saved it.</summary>
public sealed class Guarantee09CheckpointTravelTests
{
    private const int Steps = 10;

    /// <summary>Saves each step as a folder of its own, and keeps the last two.</summary>
    /// <param name="at">Awaited after each save, with the number of steps done.</param>
    private static TestTraining Train(Func<int, CancellationToken, Task> at) => new("Train", async (run, cancellation) =>
    {
        var start = Latest(run.Checkpoints);
        run.Log($"starts at {start}");
        for (var step = start + 1; step <= Steps; step++)
        {
            Save(run.Checkpoints, step);
            await at(step, cancellation);
        }
        await File.WriteAllTextAsync(run.Output("weights.txt"), $"{Latest(run.Checkpoints)}", CancellationToken.None);
    });

    private static TestTraining Train() => Train((_, _) => Task.CompletedTask);

    private static void Save(string checkpoints, int step)
    {
        var folder = Directory.CreateDirectory(Path.Combine(checkpoints, $".unfinished-{step:000}")).FullName;
        File.WriteAllText(Path.Combine(folder, "state"), $"{step}");
        Directory.Move(folder, Path.Combine(checkpoints, $"step-{step:000}"));
        foreach (var old in Directory.GetDirectories(checkpoints, "step-*").Order(StringComparer.Ordinal).SkipLast(2))
            Directory.Delete(old, recursive: true);
    }

    private static int Latest(string checkpoints) => Directory.GetFiles(checkpoints, "state", SearchOption.AllDirectories)
        .Where(path => !path.Contains(".unfinished", StringComparison.Ordinal))
        .Select(path => int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    private static string Start(Machine machine) => machine.Checkout.Seen.Lines.Last(line => line.Contains("starts at", StringComparison.Ordinal));

    /// <summary>Runs until the training has done so many steps, then interrupts it as SIGTERM does.</summary>
    private static async Task<RunSummary> InterruptAsync(Machine machine, int step, TimeSpan after = default)
    {
        using var stop = new CancellationTokenSource();
        var stage = Train(async (done, cancellation) =>
        {
            if (done == step)
            {
                await Task.Delay(after, CancellationToken.None);
                await stop.CancelAsync();
            }
            cancellation.ThrowIfCancellationRequested();
        });
        return await machine.Checkout.Engine(stage).Start(["Train"], RunOptions.Default, machine.Checkout.Seen, stop.Token).Finished;
    }

    [Test]
    public async Task An_interrupted_training_goes_on_on_another_machine()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        Assert.That((await InterruptAsync(one, 4)).Result, Is.EqualTo(RunResult.Preempted));
        Assert.That(one.Checkout.Seen.Lines, Has.One.EqualTo("Train: checkpoint pushed (step-004)"));
        var finished = await other.Checkout.Build("Train", Train());
        Assert.That(other.Checkout.Seen.Lines, Has.One.EqualTo("Train: goes on from the checkpoint of another machine (step-004)"));
        Assert.That((Start(other), finished.Output("Train", "weights.txt")), Is.EqualTo(("Train: starts at 4", "10")));
    }

    [Test]
    public async Task What_a_training_took_on_another_machine_counts_in_its_record()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        var first = await InterruptAsync(one, 4, TimeSpan.FromSeconds(2));
        var second = await other.Checkout.Build("Train", Train());
        Assert.That(second["Train"].Record!.Hours, Is.GreaterThan(TimeSpan.FromSeconds(2).TotalHours));
        Assert.That(second["Train"].Record!.Hours, Is.LessThanOrEqualTo(first.Spent.Hours + second.Spent.Hours));
    }

    [Test]
    public async Task A_machine_that_dies_loses_no_more_than_what_it_did_since_the_last_push()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        one.Checkout.Pace = new() { BetweenCheckpoints = TimeSpan.FromMilliseconds(100), PauseOverUpload = 0 };
        var (pushed, dead) = (new TaskCompletionSource(), new TaskCompletionSource());
        var dies = one.Checkout.Build("Train", Train(async (step, _) =>
        {
            if (step < 3)
                return;
            while (!one.Checkout.Seen.Lines.Any(line => line.StartsWith("Train: checkpoint pushed (step-003)", StringComparison.Ordinal)))
                await Task.Delay(20, CancellationToken.None);
            pushed.SetResult();
            await dead.Task;
            throw new InvalidOperationException("no longer there");
        }));
        await pushed.Task;
        await cache.Client.GetBlobClient((await cache.NamesAsync("leases")).Single()).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        await other.Checkout.Build("Train", Train());
        Assert.That(Start(other), Is.EqualTo("Train: starts at 3"));
        dead.SetResult();
        await dies;
    }

    [Test]
    public async Task Of_checkpoints_here_and_there_the_later_is_taken()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        await InterruptAsync(one, 2);
        await InterruptAsync(other, 5);
        await InterruptAsync(one, 7);
        Assert.That(Start(one), Is.EqualTo("Train: starts at 5"), "the other had come further");
        other.Checkout.Shared = null;
        await InterruptAsync(other, 9);
        other.Checkout.Shared = other.Store;
        await other.Checkout.Build("Train", Train());
        Assert.That(Start(other), Is.EqualTo("Train: starts at 9"), "it has come further than what it finds");
    }

    [Test]
    public async Task A_finished_training_leaves_its_last_checkpoint_and_a_forced_one_takes_none()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        await InterruptAsync(one, 4);
        var forced = await other.Checkout.Engine(Train())
            .Start(["Train"], RunOptions.Default with { Force = Force.Everything }, other.Checkout.Seen).Finished;
        Assert.That(Start(other), Is.EqualTo("Train: starts at 0"));
        var left = await other.Store.FindCheckpointAsync(forced["Train"].Record!.Key, CancellationToken.None);
        Assert.That(left!.Entries.Select(entry => entry.Name), Is.EqualTo(new[] { "-seconds.txt", "step-009", "step-010" }));
    }

    [Test]
    public void What_arrived_of_a_checkpoint_before_a_break_is_kept_for_the_next_try()
    {
        using var checkout = new Checkout();
        checkout.Write("checkpoints/step-2/state", "2");
        var arriving = Path.Combine(checkout.Root, "arriving");
        var set = CheckpointParcel.GoOn(arriving, TimeProvider.System).Pack(Path.Combine(checkout.Root, "checkpoints"))!;
        Assert.That(CheckpointParcel.GoOn(arriving, TimeProvider.System).Store.CanRestore(set));
        using var anew = CheckpointParcel.Begin(arriving, TimeProvider.System);
        Assert.That(anew.Store.CanRestore(set), Is.False);
    }

    [Test]
    public async Task Unfinished_things_and_strange_names_stay_behind_and_what_arrives_can_be_written_to()
    {
        using var checkout = new Checkout();
        checkout.Write("checkpoints/.unfinished-3/state", "part");
        checkout.Write("checkpoints/with space", "x");
        checkout.Write("checkpoints/step-2/inner/state", "2");
        checkout.Write("checkpoints/metrics.jsonl", "{}");
        checkout.Write("arrived/step-1/state", "1");
        using var parcel = CheckpointParcel.Begin(Path.Combine(checkout.Root, "parcel"), TimeProvider.System);
        var set = parcel.Pack(Path.Combine(checkout.Root, "checkpoints"))!;
        Assert.That(set.Entries.Select(entry => entry.Name), Is.EqualTo(new[] { "metrics.jsonl", "step-2" }));
        Assert.That(parcel.TryUnpack(set, Path.Combine(checkout.Root, "arrived")));
        Assert.That(Directory.Exists(Path.Combine(checkout.Root, "arrived/step-1")), Is.False);
        await File.AppendAllTextAsync(Path.Combine(checkout.Root, "arrived/metrics.jsonl"), "{}");
        Assert.That(File.ReadAllText(Path.Combine(checkout.Root, "checkpoints/metrics.jsonl")), Is.EqualTo("{}"), "not by a link");
    }
}
