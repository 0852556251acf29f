using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 11: the same result however the work was spread or cut short; no key runs twice at once.</summary>
public sealed class Guarantee11SameResultTests
{
    private static Stage[] Fan() =>
    [
        .. Enumerable.Range(0, 8).Select(index => Make.Source($"Source{index}", $"text {index}")),
        .. Enumerable.Range(0, 8).Select(index => Make.Upper($"Upper{index}", Make.From($"Source{index}"))),
        new TestAction("All", run => File.WriteAllLines(run.Output("out.txt"), Enumerable.Range(0, 8).Select(index => File.ReadAllText(run.Input($"in{index}")))))
        {
            In = [.. Enumerable.Range(0, 8).Select(index => Make.From($"Upper{index}", $"in{index}"))],
        },
    ];

    [Test]
    public async Task One_job_and_many_leave_the_same_artifacts()
    {
        using var one = new Checkout();
        using var many = new Checkout();
        await one.Run(RunOptions.Default with { Jobs = 1 }, Fan());
        await many.Run(RunOptions.Default with { Jobs = 16 }, Fan());
        Assert.That(Worker.Locks(many), Is.EqualTo(Worker.Locks(one)));
    }

    [Test]
    public async Task With_and_without_what_was_stored_the_artifacts_are_the_same()
    {
        using var checkout = new Checkout();
        await checkout.Run(Fan());
        var locks = Worker.Locks(checkout);
        Directory.Delete(Path.Combine(checkout.Store, "entries"), recursive: true);
        Assert.That((await checkout.Run(Fan())).States(), Is.All.EqualTo(StageState.Restored));
        Assert.That(Worker.Locks(checkout), Is.EqualTo(locks));
        Directory.Delete(checkout.Store, recursive: true);
        Assert.That((await checkout.Run(Fan())).States(), Is.All.EqualTo(StageState.Ran));
        Assert.That(Worker.Locks(checkout), Is.EqualTo(locks));
    }

    [Test]
    public async Task Two_engines_at_once_run_each_stage_once()
    {
        using var checkout = new Checkout();
        TestAction Slow() => new("Slow", run =>
        {
            Thread.Sleep(300);
            File.WriteAllText(run.Output("out.txt"), "x");
        });
        var (first, second) = (Slow(), Slow());
        var summaries = await Task.WhenAll(checkout.Run(first), checkout.Run(second));
        Assert.That(first.Runs + second.Runs, Is.EqualTo(1));
        Assert.That(summaries.Select(summary => summary["Slow"].State),
            Is.EquivalentTo(new[] { StageState.Ran, StageState.Fresh }));
        Assert.That(summaries.Select(summary => summary.Output("Slow")), Is.All.EqualTo("x"));
    }

    [Test]
    public async Task Two_processes_at_once_both_succeed_and_run_each_stage_once()
    {
        using var checkout = new Checkout();
        checkout.Write("count.txt", "20");
        using var first = new Worker(checkout);
        using var second = new Worker(checkout);
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        Assert.That(ends.Select(end => end.ExitCode), Is.All.Zero, string.Concat(ends.Select(end => end.Output)));
        Assert.That(Worker.Started(checkout), Is.EquivalentTo(new[] { "Split", "Square", "Learn", "Finish" }));
    }

    [Test]
    public async Task A_process_killed_at_any_moment_leaves_a_state_from_which_the_next_ends_the_same()
    {
        using var undisturbed = new Checkout();
        undisturbed.Write("count.txt", "40");
        using var whole = new Worker(undisturbed);
        Assert.That((await whole.EndAsync()).ExitCode, Is.Zero);

        using var checkout = new Checkout();
        checkout.Write("count.txt", "40");
        var moments = new Random(1);
        for (var kill = 0; kill < 10; kill++)
        {
            using var victim = new Worker(checkout);
            await Task.Delay(moments.Next(50, 400));
            victim.Kill();
            await victim.EndAsync();
        }
        using var last = new Worker(checkout);
        var (exitCode, output) = await last.EndAsync();
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Worker.Locks(checkout), Is.EqualTo(Worker.Locks(undisturbed)));
    }
}
