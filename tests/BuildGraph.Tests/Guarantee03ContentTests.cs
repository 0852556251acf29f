using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 3: content decides, never time.</summary>
public sealed class Guarantee03ContentTests
{
    private static TestAction Count() =>
        new("Count", run => File.WriteAllText(run.Output("out.txt"), $"{Directory.GetFiles(run.Input("files")).Length}"))
    {
        In = [new StageInput.Files("files", "in", "*.txt")],
    };

    [Test]
    public async Task Touching_every_file_runs_nothing()
    {
        using var checkout = new Checkout();
        string[] files = [checkout.Write("in/a.txt", "a"), checkout.Write("in/b.txt", "b")];
        await checkout.Run(Count());
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        var again = await checkout.Run(Count());
        Assert.That(again["Count"].State, Is.EqualTo(StageState.Fresh));
        Assert.That(again.FilesHashed, Is.EqualTo(2), "a moved time asks for a look, no more");
        Assert.That((await checkout.Run(Count())).FilesHashed, Is.Zero);
    }

    [Test]
    public async Task Other_content_of_the_same_size_and_time_in_a_new_file_is_noticed()
    {
        using var checkout = new Checkout();
        var file = checkout.Write("in/a.txt", "one");
        var time = File.GetLastWriteTimeUtc(file);
        await checkout.Run(Count());
        File.Delete(file);
        checkout.Write("in/spare", "keeps the inode from being used again");
        checkout.Write("in/a.txt", "two");
        File.SetLastWriteTimeUtc(file, time);
        Assert.That(checkout.Plan([Count()]).IsFresh, Is.False);
    }

    [Test]
    public async Task Changed_added_and_removed_files_are_named()
    {
        using var checkout = new Checkout();
        checkout.Write("in/a.txt", "a");
        checkout.Write("in/b.txt", "b");
        checkout.Write("in/other.bin", "1");
        await checkout.Run(Count());
        checkout.Write("in/a.txt", "A");
        File.Delete(Path.Combine(checkout.Root, "in/b.txt"));
        checkout.Write("in/c.txt", "c");
        checkout.Write("in/other.bin", "2");
        var changed = checkout.Plan([Count()])["Count"].Changed;
        Assert.That(changed.Select(change => (change.What, change.Old is null, change.New is null)), Is.EqualTo(new[]
        {
            ("input.files", false, false), ("input.files/a.txt", false, false), ("input.files/b.txt", false, true), ("input.files/c.txt", true, false),
        }));
    }

    [Test]
    public async Task A_file_that_does_not_match_the_pattern_changes_nothing()
    {
        using var checkout = new Checkout();
        checkout.Write("in/a.txt", "a");
        await checkout.Run(Count());
        checkout.Write("in/notes.md", "x");
        Assert.That(checkout.Plan([Count()]).IsFresh);
    }
}
