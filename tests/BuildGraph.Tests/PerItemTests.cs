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
    public async Task The_first_five_rejected_items_are_told_and_the_log_names_all()
    {
        using var checkout = WithItems(8);
        var transcript = new Transcript();
        await checkout.Engine(Stage(item => item.Id == "0/0000.txt" ? "ok" : throw new ItemRejectedException("silent:\nall of it")))
            .Start(["Items"], RunOptions.Default, transcript).Finished;
        var told = transcript.Lines.Where(line => line.StartsWith("Items:   ")).ToArray();
        var log = checkout.ArtifactFiles().Single(path => path.EndsWith("log.txt"));
        Assert.That(transcript.Lines, Has.One.EqualTo("Items: 7 of 8 items set aside:"));
        Assert.That(told, Has.Length.EqualTo(6).And.Exactly(5).EndsWith(".txt: silent: all of it"));
        Assert.That(told[^1], Does.StartWith("Items:   and 2 more: ").And.EndsWith($"{log} lists all of them"));
        Assert.That(File.ReadAllLines(Path.Combine(checkout.Artifacts, log)), Has.Exactly(7).EndsWith(": silent: all of it"));
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
        var result = Directory.EnumerateFiles(Path.Combine(checkout.Store, "items"), "*-result.txt", SearchOption.AllDirectories)
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

    [Test]
    public async Task A_dead_link_and_a_name_with_a_line_break_are_quarantined_and_do_not_block_the_stage()
    {
        using var checkout = WithItems(2);
        File.CreateSymbolicLink(Path.Combine(checkout.Root, "in/0/dead.txt"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(checkout.Root, "in/dead.ignore"), "nowhere");
        checkout.Write("in/z/line\nbreak.txt", "x");
        var first = await checkout.Run(Stage());
        Assert.That(first.Output("Items", "all.txt"), Is.EqualTo(
            "0/0000.txt=ITEM 0\n0/dead.txt=rejected\n1/0001.txt=ITEM 1\nz/line%0Abreak.txt=rejected\n"));
        Assert.That(first["Items"].Record!.Quarantine, Is.EqualTo(new[]
        {
            new RejectedItem("0/dead.txt", "a link that leads nowhere. Remove it."),
            new RejectedItem("z/line%0Abreak.txt", "its name is not UTF-8 without control characters. Rename it."),
        }));
        Assert.That((await checkout.Run(Stage())).States(), Is.All.EqualTo(StageState.Fresh));
        File.Delete(Path.Combine(checkout.Root, "in/0/dead.txt"));
        var again = Stage();
        Assert.That((await checkout.Run(again))["Items"].Record!.Quarantine, Has.Count.EqualTo(1));
        Assert.That(again.Processed, Is.Empty);
    }

    [Test]
    public async Task A_stage_whose_only_items_are_dead_links_fails_and_names_the_first()
    {
        using var checkout = new Checkout();
        Directory.CreateDirectory(Path.Combine(checkout.Root, "in"));
        File.CreateSymbolicLink(Path.Combine(checkout.Root, "in/dead.txt"), "nowhere");
        Assert.That((await checkout.Run(Stage()))["Items"].Reason,
            Is.EqualTo("Stage Items: all 1 items were rejected; the first, dead.txt: a link that leads nowhere. Remove it."));
    }

    [Test]
    public void A_dead_link_blocks_a_stage_that_reads_the_folder_as_a_whole()
    {
        using var checkout = WithItems(1);
        File.CreateSymbolicLink(Path.Combine(checkout.Root, "in/dead.txt"), "nowhere");
        var plan = checkout.Plan([new TestAction("Whole", _ => { }) { In = [new StageInput.Files("files", "in", "**")] }]);
        Assert.That((plan["Whole"].State, plan["Whole"].Reason), Is.EqualTo(
            (PlannedState.Blocked, $"input 'files': {Path.Combine(checkout.Root, "in/dead.txt")}: a link that leads nowhere. Remove it.")));
    }
}
