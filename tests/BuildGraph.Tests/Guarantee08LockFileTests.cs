using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 8: one small sorted lock file per stage.</summary>
public sealed class Guarantee08LockFileTests
{
    private static TestAction Two(string content) => new("Two", run =>
    {
        File.WriteAllText(run.Output("b.txt"), content);
        File.WriteAllText(run.Output("a.txt"), "");
    })
    { Out = ["b.txt", "a.txt"], With = new Content { Text = content } };

    [Test]
    public async Task The_lock_file_names_the_key_and_the_outputs_in_order()
    {
        using var checkout = new Checkout();
        var record = checkout.Record(await checkout.Run(Two("w")), "Two");
        Assert.That(File.ReadAllText(Path.Combine(checkout.Artifacts, "lock/smoke/Two.yaml")), Is.EqualTo(
            $"key: {record.Key}\noutputs:\n" +
            "  a.txt: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n" +
            "  b.txt: 50e721e49c013f00c62cf59f2163542a9d8df02464efeb615d31051b0fddc326\n"));
    }

    [Test]
    public async Task It_is_written_only_when_it_changes_and_follows_a_return_to_an_earlier_state()
    {
        using var checkout = new Checkout();
        var path = Path.Combine(checkout.Artifacts, "lock/smoke/Two.yaml");
        await checkout.Run(Two("one"));
        var text = File.ReadAllText(path);
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await checkout.Run(Two("one"));
        Assert.That(File.GetLastWriteTimeUtc(path).Year, Is.EqualTo(2001));
        await checkout.Run(Two("other"));
        Assert.That(File.ReadAllText(path), Is.Not.EqualTo(text));
        await checkout.Run(Two("one"));
        Assert.That(File.ReadAllText(path), Is.EqualTo(text));
    }

    [Test]
    public async Task A_lock_file_that_cannot_be_written_fails_its_stage_and_not_the_run()
    {
        using var checkout = new Checkout();
        Directory.CreateDirectory(Path.Combine(checkout.Artifacts, "lock/smoke/Two.yaml"));
        var other = Make.Source("Other", "x");
        var summary = await checkout.Run(RunOptions.Default with { KeepGoing = true }, Two("w"), other);
        Assert.That((summary["Two"].State, summary["Other"].State), Is.EqualTo((StageState.Failed, StageState.Ran)));
        Assert.That(summary["Two"].Reason, Does.StartWith("Stage Two: ").And.Contain("lock"));
    }

    [Test]
    public async Task A_lock_file_that_cannot_be_written_leaves_a_fresh_stage_fresh_with_a_warning()
    {
        using var checkout = new Checkout();
        await checkout.Run(Two("w"));
        var path = Path.Combine(checkout.Artifacts, "lock/smoke/Two.yaml");
        File.Delete(path);
        Directory.CreateDirectory(path);
        var observer = new Transcript();
        var summary = await checkout.Engine(Two("w")).Start(["Two"], RunOptions.Default, observer).Finished;
        Assert.That(summary["Two"].State, Is.EqualTo(StageState.Fresh));
        Assert.That(observer.Lines, Has.Some.StartsWith("Two: its lock file is out of date and cannot be written: "));
    }

    [Test]
    public async Task A_trial_leaves_the_committed_lock_files_as_they_are()
    {
        using var checkout = new Checkout();
        await checkout.Run(Two("profile"));
        var before = File.ReadAllText(Path.Combine(checkout.Artifacts, "lock/smoke/Two.yaml"));
        var trial = RunOptions.Default with { IsTrial = true };
        var summary = await checkout.Run(trial, Two("trial"), Make.Source("New", "x"));
        Assert.That(summary.States(), Is.All.EqualTo(StageState.Ran));
        Assert.That((await checkout.Run(trial, Two("trial"))).States(), Is.All.EqualTo(StageState.Fresh));
        Assert.That(checkout.ArtifactFiles().Where(path => path.StartsWith("lock/", StringComparison.Ordinal)), Is.EqualTo(new[] { "lock/smoke/Two.yaml" }));
        Assert.That(File.ReadAllText(Path.Combine(checkout.Artifacts, "lock/smoke/Two.yaml")), Is.EqualTo(before));
        Assert.That((checkout.Plan([Two("profile")]).IsFresh, checkout.Plan([Two("trial")]).IsFresh), Is.EqualTo((true, true)));
    }
}
