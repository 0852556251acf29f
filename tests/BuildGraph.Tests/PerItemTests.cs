using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class PerItemTests
{
    private static TestItems Stage(Func<ItemRun, string>? process = null) =>
        new("Items", new StageInput.Files("files", "in", "**/*"), process ?? (item => File.ReadAllText(item.Source).ToUpperInvariant()));

    private static Checkout WithItems(int count)
    {
        var checkout = new Checkout();
        for (var index = 0; index < count; index++)
            checkout.Write($"in/{index % 7}/{index:0000}.txt", $"item {index}");
        return checkout;
    }

    [Test]
    public async Task One_changed_one_added_and_one_removed_file_among_a_thousand_process_two()
    {
        using var checkout = WithItems(1000);
        await checkout.Run(Stage());
        checkout.Write("in/0/0007.txt", "changed");
        checkout.Write("in/new.txt", "new");
        File.Delete(Path.Combine(checkout.Root, "in/1/0001.txt"));
        var again = Stage();
        var summary = await checkout.Run(again);
        Assert.That(again.Processed, Is.EqualTo(new[] { "0/0007.txt", "new.txt" }));
        Assert.That(summary.Output("Items", "all.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Has.Length.EqualTo(1000)
            .And.Some.EqualTo("0/0007.txt=CHANGED").And.Some.EqualTo("new.txt=NEW").And.None.StartsWith("1/0001.txt"));
    }

    [Test]
    public async Task Results_come_in_the_order_of_their_ids_whatever_finished_first()
    {
        using var checkout = WithItems(50);
        var summary = await checkout.Run(Stage(item =>
        {
            Thread.Sleep(item.Id.GetHashCode(StringComparison.Ordinal) & 7);
            return "x";
        }));
        var ids = summary.Output("Items", "all.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=')[0]).ToArray();
        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Length.EqualTo(50));
    }

    [Test]
    public async Task A_change_of_settings_version_or_another_input_processes_all()
    {
        using var checkout = WithItems(5);
        await checkout.Run(Stage());
        var files = new StageInput.Files("files", "in", "**/*");
        TestItems[] variants =
        [
            new("Items", files, _ => "") { StageVersion = 2 },
            new("Items", files, _ => "") { With = new Content { Text = "x" } },
            new("Items", files, _ => "") { More = [new StageInput.Tool("soxr", "1")] },
            new("Other", files, _ => ""),
        ];
        foreach (var variant in variants)
            await checkout.Run(variant);
        Assert.That(variants.Select(variant => variant.Processed.Count), Is.All.EqualTo(5));
    }

    [Test]
    public async Task More_workers_change_nothing()
    {
        using var checkout = WithItems(5);
        await checkout.Run(Stage());
        var wide = new TestItems("Items", new StageInput.Files("files", "in", "**/*"), _ => "") { Parallelism = 9 };
        Assert.That((await checkout.Run(wide))["Items"].State, Is.EqualTo(StageState.Fresh));
    }

    [Test]
    public async Task A_rejected_item_is_quarantined_with_its_reason_and_not_tried_again()
    {
        using var checkout = WithItems(3);
        static string Process(ItemRun item) =>
            item.Id == "1/0001.txt" ? throw new ItemRejectedException("silent:\n0 of 24,000 samples \"above\" −60 dB") : "ok";
        var first = await checkout.Run(Stage(Process));
        var quarantine = new[] { new RejectedItem("1/0001.txt", "silent:\n0 of 24,000 samples \"above\" −60 dB") };
        Assert.That(first["Items"].Record!.Quarantine, Is.EqualTo(quarantine));
        Assert.That(first.Output("Items", "all.txt"), Does.Contain("1/0001.txt=rejected"));
        checkout.Write("in/more.txt", "x");
        var again = Stage(Process);
        var second = await checkout.Run(again);
        Assert.That(again.Processed, Is.EqualTo(new[] { "more.txt" }));
        Assert.That(second["Items"].Record!.Quarantine, Is.EqualTo(quarantine));
    }

    [Test]
    public async Task A_stage_whose_items_are_all_rejected_fails()
    {
        using var checkout = WithItems(2);
        var outcome = (await checkout.Run(Stage(_ => throw new ItemRejectedException("empty"))))["Items"];
        Assert.That((outcome.State, outcome.Reason),
            Is.EqualTo((StageState.Failed, "Stage Items: all 2 items were rejected; the first, 0/0000.txt: empty")));
    }

    [Test]
    public async Task A_stage_without_items_fails()
    {
        using var checkout = new Checkout();
        checkout.Write("in/x.ignore", "");
        var outcome = (await checkout.Run(Stage()))["Items"];
        Assert.That(outcome.Reason, Does.StartWith("Stage Items: input 'files'").And.Contain("holds no item among its 1 files"));
    }

    [Test]
    public async Task Items_finished_before_a_failure_are_kept()
    {
        using var checkout = WithItems(20);
        await checkout.Run(Stage(item => item.Id == "5/0019.txt" ? throw new IOException("pulled the plug") : "x"));
        var again = Stage();
        await checkout.Run(again);
        Assert.That(again.Processed, Does.Contain("5/0019.txt").And.Count.LessThan(20));
    }

    [Test]
    public async Task A_stored_result_that_was_tampered_with_is_made_again()
    {
        using var checkout = WithItems(3);
        await checkout.Run(Stage());
        var result = Directory.EnumerateFiles(Path.Combine(checkout.Store, "items"), "result.txt", SearchOption.AllDirectories)
            .Order().First();
        File.SetUnixFileMode(result, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(result, File.ReadAllText(result).Replace("ITEM", "MITE"));
        checkout.Write("in/more.txt", "x");
        var again = Stage();
        await checkout.Run(again);
        Assert.That(again.Processed, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_journal_cut_short_loses_its_last_item_only()
    {
        using var checkout = WithItems(10);
        await checkout.Run(Stage());
        var journal = Directory.EnumerateFiles(Path.Combine(checkout.Store, "items"), "journal", SearchOption.AllDirectories)
            .Single();
        File.WriteAllBytes(journal, File.ReadAllBytes(journal)[..^3]);
        checkout.Write("in/more.txt", "x");
        var again = Stage();
        await checkout.Run(again);
        Assert.That(again.Processed, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Items_may_be_the_files_of_another_stage()
    {
        using var checkout = new Checkout();
        var folder = new TestAction("Folder", run =>
        {
            Directory.CreateDirectory(run.Output("files"));
            File.WriteAllText(Path.Combine(run.Output("files"), "a.txt"), "a");
            File.WriteAllText(Path.Combine(run.Output("files"), "b.txt"), "b");
        })
        { Out = ["files"] };
        var items = new TestItems("Items", new StageInput.Output("files", "Folder", "files"),
            item => File.ReadAllText(item.Source));
        Assert.That((await checkout.Run(folder, items)).Output("Items", "all.txt"), Is.EqualTo("a.txt=a\nb.txt=b\n"));
    }

    [Test]
    public async Task Progress_counts_items()
    {
        using var checkout = WithItems(4);
        var observer = new Transcript();
        await checkout.Engine(Stage()).Start(["Items"], RunOptions.Default, observer).Finished;
        Assert.That(observer.Lines, Does.Contain("Items 4/4 files"));
    }
}
