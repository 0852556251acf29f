using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 6: outputs appear whole, after validation, or not at all.</summary>
public sealed class Guarantee06AtomicTests
{
    private static async Task<string> Error(Checkout checkout, TestAction stage)
    {
        var outcome = (await checkout.Run(stage))[stage.Id];
        Assert.That(outcome.State, Is.EqualTo(StageState.Failed));
        Assert.That(outcome.Outputs, Is.Empty);
        Assert.That(checkout.ArtifactFiles(),
            Has.None.StartsWith("store/records").And.None.StartsWith("store/objects").And.None.StartsWith("lock/").And.None.Contains("/work/"));
        return outcome.Reason;
    }

    [Test]
    public async Task A_stage_that_throws_half_way_leaves_nothing()
    {
        using var checkout = new Checkout();
        var error = await Error(checkout, new TestAction("Half", run =>
        {
            File.WriteAllText(run.Output("out.txt"), "half");
            throw new InvalidOperationException("the microphone melted");
        }));
        Assert.That(error, Is.EqualTo("Stage Half: the microphone melted"));
    }

    [Test]
    public async Task Unfinished_work_outlives_an_interruption_and_goes_when_the_stage_has_finished()
    {
        using var checkout = new Checkout();
        var found = new List<int>();
        var stage = new TestAction("Long", run =>
        {
            found.Add(Directory.GetFiles(run.Unfinished).Length);
            File.WriteAllText(Path.Combine(run.Unfinished, $"{found.Count}"), "");
            if (found.Count < 3)
                throw new IOException("the power went");
            File.WriteAllText(run.Output("out.txt"), "done");
        });
        for (var run = 0; run < 3; run++)
            await checkout.Run(stage);
        await checkout.Run(RunOptions.Default with { Force = Force.Everything }, stage);

        Assert.That(found, Is.EqualTo([0, 1, 2, 0]));
        Assert.That(checkout.ArtifactFiles(), Has.None.Contains("/unfinished/"));
    }

    [Test]
    public async Task Missing_and_undeclared_outputs_are_all_named()
    {
        using var checkout = new Checkout();
        var error = await Error(checkout, new TestAction("Odd", run =>
        {
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(run.Output("a"))!, "extra.txt"), "");
            File.WriteAllText(run.Output("b"), "");
        })
        { Out = ["a", "b", "c"] });
        Assert.That(error,
            Is.EqualTo("Stage Odd: output 'a' is declared but was not written; output 'c' is declared but was not written; 'extra.txt' was written but is not declared."));
    }

    [Test]
    public async Task A_link_is_no_output()
    {
        using var checkout = new Checkout();
        var error = await Error(checkout, new TestAction("Link", run =>
        {
            Directory.CreateDirectory(run.Output("folder"));
            File.CreateSymbolicLink(Path.Combine(run.Output("folder"), "passwd"), "/etc/passwd");
        })
        { Out = ["folder"] });
        Assert.That(error, Does.StartWith("Stage Link: 'folder/passwd': a link"));
    }

    [Test]
    public async Task Published_outputs_are_read_only_and_shared_with_the_object_store()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(Make.Source("A", "same"), Make.Source("B", "same"));
        var path = summary["A"].OutputPath("out.txt");
        Assert.That(File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite),
            Is.EqualTo(UnixFileMode.None));
        Assert.That(checkout.ArtifactFiles().Count(file => file.StartsWith("store/objects/", StringComparison.Ordinal)),
            Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_was_hard_linked_into_the_outputs_stays_writable_for_its_owner()
    {
        using var checkout = new Checkout();
        var mine = checkout.Write("mine.txt", "mine");
        var stage = new TestAction("Linked", run => ArtifactStore.HardLink.TryCreate(mine, run.Output("out.txt")));
        await checkout.Run(stage);
        File.WriteAllText(mine, "changed");
        Assert.That((await checkout.Run(stage)).Output("Linked"), Is.EqualTo("mine"));
    }

    [Test]
    public async Task An_output_that_was_deleted_is_restored_without_running()
    {
        using var checkout = new Checkout();
        var stage = Make.Source("A", "x");
        var path = (await checkout.Run(stage))["A"].OutputPath("out.txt");
        File.Delete(path);
        Assert.That(checkout.Plan([stage])["A"].State, Is.EqualTo(PlannedState.Restore));
        var again = await checkout.Run(stage);
        Assert.That((again["A"].State, again.Output("A"), stage.Runs), Is.EqualTo((StageState.Restored, "x", 1)));
    }

    [Test]
    public async Task An_output_that_was_written_to_is_dropped_and_made_again()
    {
        using var checkout = new Checkout();
        var stage = Make.Source("A", "x");
        var path = (await checkout.Run(stage))["A"].OutputPath("out.txt");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, "y");
        var again = await checkout.Run(stage);
        Assert.That((again["A"].State, again.Output("A"), stage.Runs), Is.EqualTo((StageState.Ran, "x", 2)));
    }

    [Test]
    public async Task A_store_that_cannot_be_written_fails_the_stage_and_names_the_folder()
    {
        using var checkout = new Checkout();
        checkout.Write("artifacts/store/objects", "a file where a folder belongs");
        var outcome = (await checkout.Run(Make.Source("A", "x")))["A"];
        Assert.That(outcome.State, Is.EqualTo(StageState.Failed));
        Assert.That(outcome.Reason, Does.StartWith("Stage A: ").And.Contain(checkout.Store));
    }

    [Test]
    public async Task A_full_device_fails_the_stage_and_names_the_folder()
    {
        using var checkout = new Checkout();
        var error = await Error(checkout, new TestAction("Big", run =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.WriteByte(1);
        }));
        Assert.That(error, Does.Contain("no space left on the device").And.Contain(Path.Combine("runs", "smoke", "Big")));
    }

    [Test]
    public async Task An_input_that_changes_while_the_stage_runs_spoils_the_result()
    {
        using var checkout = new Checkout();
        checkout.Write("in.txt", "before");
        var error = await Error(checkout, new TestAction("Slow", run =>
        {
            File.WriteAllText(run.Output("out.txt"), File.ReadAllText(run.Input("in")));
            checkout.Write("in.txt", "after");
        })
        { In = [new StageInput.File("in", "in.txt")] });
        Assert.That(error, Does.StartWith("Stage Slow: input 'in' (").And.Contain("changed while it ran"));
    }

    [TestCase("")]
    [TestCase("silent")]
    public async Task An_item_that_changes_while_it_is_processed_does_not_poison_its_cache(string rejection)
    {
        using var checkout = new Checkout();
        checkout.Write("in/a.txt", "A");
        checkout.Write("in/b.txt", "b");
        TestItems Stage(Func<ItemRun, string> process) => new("Items", new StageInput.Files("files", "in", "**"), process);
        var spoilt = (await checkout.Run(Stage(item =>
        {
            checkout.Write("in/a.txt", "B!");
            return item.Id == "a.txt" && rejection.Length > 0 ? throw new ItemRejectedException(rejection) : File.ReadAllText(item.Source);
        })))["Items"];
        Assert.That(spoilt.Reason, Does.StartWith("Stage Items: item a.txt: ").And.Contain("changed while it was processed"));
        checkout.Write("in/a.txt", "A");
        Assert.That((await checkout.Run(Stage(item => File.ReadAllText(item.Source)))).Output("Items", "all.txt"),
            Is.EqualTo("a.txt=A\nb.txt=b\n"));
    }

    [Test]
    public async Task A_write_beyond_the_size_limit_of_a_file_names_the_folder()
    {
        using var checkout = new Checkout();
        var error = await Error(checkout, new TestAction("Huge", run =>
        {
            using var file = File.OpenHandle(run.Output("out.txt"), FileMode.Create, FileAccess.Write);
            RandomAccess.Write(file, "x"u8, long.MaxValue - 1);
        }));
        Assert.That(error, Does.Contain("beyond what the file system or the user's limit allows").And.Contain(Path.Combine("runs", "smoke", "Huge")));
    }
}
