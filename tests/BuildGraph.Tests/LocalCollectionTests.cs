using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class LocalCollectionTests
{
    private static readonly CollectionOptions NoGrace = new(TimeSpan.Zero, DryRun: false);

    private static async Task<CollectionFigures> Collect(Checkout checkout, CollectionOptions how) => new LocalCollection(checkout.Options)
        .Run(await LockedKeys.ReadAsync(checkout.Root, "artifacts", CancellationToken.None), how, CancellationToken.None);

    private static string[] StoreFiles(Checkout checkout) =>
        [.. checkout.ArtifactFiles().Where(path => path.StartsWith("store/", StringComparison.Ordinal) && !path.StartsWith("store/in-use", StringComparison.Ordinal) && !path.EndsWith("stat.index", StringComparison.Ordinal))];

    private static TestAction Folder(string content) => new("Folder", run =>
    {
        Directory.CreateDirectory(run.Output("files"));
        File.WriteAllText(Path.Combine(run.Output("files"), "shared.txt"), "the same in both");
        File.WriteAllText(Path.Combine(run.Output("files"), "own.txt"), content);
    })
    { Out = ["files"], With = new Content { Text = content } };

    [Test]
    public async Task What_a_lock_file_names_stays_and_the_rest_goes_with_all_its_content()
    {
        using var checkout = new Checkout().UnderGit();
        await checkout.Run(Folder("first"), Make.Source("Gone", "only once"));
        await checkout.Run(Folder("second"));
        File.Delete(Path.Combine(checkout.Artifacts, "lock/smoke/Gone.yaml"));

        var figures = await Collect(checkout, NoGrace);

        Assert.That(figures.Deleted.Select(result => result.Stage), Is.EquivalentTo(new[] { "Folder", "Gone" }));
        Assert.That((figures.Kept, figures.Swept.Entries, figures.FreedBytes), Is.GreaterThanOrEqualTo((1, 2, (long)"first".Length)));
        Assert.That((await checkout.Run(Folder("second"))).States(), Is.All.EqualTo(StageState.Fresh));
        Assert.That((await checkout.Run(Folder("first"))).States(), Is.All.EqualTo(StageState.Ran));
    }

    [Test]
    public async Task What_is_kept_survives_whole_and_can_be_restored_from_its_objects()
    {
        using var checkout = new Checkout().UnderGit();
        await checkout.Run(Folder("first"));
        var record = checkout.Record(await checkout.Run(Folder("second")), "Folder");
        await Collect(checkout, NoGrace);
        var store = new LocalStore(checkout.Store, TimeProvider.System);
        Directory.Delete(store.FolderOf(new EntrySet(record.Outputs)), recursive: true);

        Assert.That(store.TryRestore(new EntrySet(record.Outputs)));
        Assert.That(StoreFiles(checkout).Count(path => path.StartsWith("store/objects/", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task A_branch_keeps_its_results_while_another_is_checked_out()
    {
        using var checkout = new Checkout().UnderGit();
        checkout.Commit();
        checkout.Git("checkout", "-q", "-b", "topic");
        await checkout.Run(Make.Source("One", "of the topic"));
        checkout.Commit();
        checkout.Git("checkout", "-q", "main");
        await checkout.Run(Make.Source("One", "of main"));

        var figures = await Collect(checkout, NoGrace);

        Assert.That((figures.Kept, figures.Deleted), Is.EqualTo((2, Array.Empty<CollectedResult>())));
    }

    [Test]
    public async Task A_result_that_was_used_within_the_grace_period_stays()
    {
        using var checkout = new Checkout().UnderGit();
        var trial = RunOptions.Default with { IsTrial = true };
        var record = checkout.Record(await checkout.Run(trial, Make.Source("One", "a trial")), "One");
        var grace = new CollectionOptions(TimeSpan.FromDays(30), DryRun: false);
        File.SetLastWriteTimeUtc(checkout.RecordPath(record.Key), DateTime.UtcNow.AddDays(-31));
        await checkout.Run(trial, Make.Source("One", "a trial"));
        Assert.That((await Collect(checkout, grace)).Kept, Is.EqualTo(1), "finding it fresh was a use");
        File.SetLastWriteTimeUtc(checkout.RecordPath(record.Key), DateTime.UtcNow.AddDays(-31));

        var figures = await Collect(checkout, grace);

        Assert.That((figures.Kept, figures.Deleted.Single().Stage), Is.EqualTo((0, "One")));
    }

    [Test]
    public async Task A_dry_run_deletes_nothing_and_says_what_the_real_one_then_frees()
    {
        using var checkout = new Checkout().UnderGit();
        await checkout.Run(Folder("first"));
        await checkout.Run(Folder("second"));
        var before = StoreFiles(checkout);

        var plan = await Collect(checkout, NoGrace with { DryRun = true });
        Assert.That(StoreFiles(checkout), Is.EqualTo(before));
        var figures = await Collect(checkout, NoGrace);

        Assert.That((plan.Kept, plan.Swept, plan.FreedBytes), Is.EqualTo((figures.Kept, figures.Swept, figures.FreedBytes)));
        Assert.That(plan.Deleted.Select(result => result.Key), Is.EqualTo(figures.Deleted.Select(result => result.Key)));
        Assert.That(figures.Deleted, Has.Count.EqualTo(1));
        Assert.That(StoreFiles(checkout), Has.Length.LessThan(before.Length));
    }

    [Test]
    public async Task Results_of_items_stay_with_the_result_that_was_made_of_them()
    {
        using var checkout = new Checkout().UnderGit();
        checkout.Write("data/a.wav", "a");
        TestItems Items(int version) => new("Items", new StageInput.Files("audio", "data", "**"), item => item.Id) { StageVersion = version };
        await checkout.Run(Items(1));
        await checkout.Run(Items(2));

        Assert.That((await Collect(checkout, NoGrace)).ItemCaches, Is.EqualTo(1));
        checkout.Write("data/b.wav", "b");
        var again = Items(2);
        await checkout.Run(again);
        Assert.That(again.Processed, Is.EqualTo(new[] { "b.wav" }));
    }

    [Test]
    public async Task What_a_killed_process_left_goes()
    {
        using var checkout = new Checkout().UnderGit();
        await checkout.Run(Make.Source("One", "x"));
        var before = StoreFiles(checkout);
        checkout.Write("artifacts/store/objects/ab/.cd.123.1", "half");
        checkout.Write($"artifacts/store/entries/{new string('a', 64)}.restoring/out.txt", "half");
        checkout.Write("artifacts/store/leases/left", "");
        checkout.Write($"artifacts/store/incoming/{new string('a', 64)}", "half");

        await Collect(checkout, NoGrace);

        Assert.That(StoreFiles(checkout), Is.EqualTo(before));
    }

    [Test]
    public async Task While_a_build_runs_nothing_is_deleted()
    {
        using var checkout = new Checkout().UnderGit();
        var (inside, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new TestAction("Slow", _ => { })
        {
            Async = async (run, _) =>
            {
                inside.SetResult();
                await go.Task;
                await File.WriteAllTextAsync(run.Output("out.txt"), "x", CancellationToken.None);
            },
        };
        var build = checkout.Run(slow);
        await inside.Task;

        Assert.That(() => Collect(checkout, NoGrace), Throws.TypeOf<StorageException>().With.Message.Contains("a build is using it"));
        go.SetResult();
        Assert.That((await build).States(), Is.All.EqualTo(StageState.Ran));
        Assert.That((await Collect(checkout, NoGrace)).Kept, Is.EqualTo(1));
    }

    [Test]
    public async Task A_build_waits_for_a_clean_up_and_says_so()
    {
        using var checkout = new Checkout();
        var transcript = new Transcript();
        var alone = new LocalStore(checkout.Store, TimeProvider.System).TryUseAlone();
        var build = checkout.Engine(Make.Source("One", "x")).Start(["One"], RunOptions.Default, transcript).Finished;
        while (transcript.Lines.Count == 0)
            await Task.Delay(10);
        Assert.That(transcript.Lines, Is.EqualTo(new[] { "One: waits for CacheGc, which is cleaning up the store" }));
        alone!.Dispose();
        Assert.That((await build).States(), Is.All.EqualTo(StageState.Ran));
    }
}
