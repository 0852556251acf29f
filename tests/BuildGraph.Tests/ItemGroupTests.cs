using System.Diagnostics;
using System.Globalization;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What a change of one item costs when the results are combined.</summary>
public sealed class ItemGroupTests
{
    private static readonly StageInput Files = new StageInput.Files("files", "in", "**");

    private static Checkout WithItems()
    {
        var checkout = new Checkout();
        for (var index = 0; index < 30; index++)
            checkout.Write($"in/{index % 5}/{index:00}", $"item {index}");
        return checkout;
    }

    private static double Groups(RunSummary summary) => summary["Tree"].Record!.Metrics["groups_processed"];

    [Test]
    public async Task A_changed_added_or_removed_item_makes_its_own_group_again()
    {
        using var checkout = WithItems();
        Assert.That(Groups(await checkout.Run(new TestTree("Tree", Files))), Is.EqualTo(5));
        checkout.Write("in/3/03", "changed");
        var changed = await checkout.Run(new TestTree("Tree", Files));
        checkout.Write("in/3/new", "added");
        var added = await checkout.Run(new TestTree("Tree", Files));
        File.Delete(Path.Combine(checkout.Root, "in/3/08"));
        var removed = await checkout.Run(new TestTree("Tree", Files));
        Assert.That(new[] { changed, added, removed }.Select(Groups), Is.All.EqualTo(1));
        Assert.That(
            File.ReadAllText(Path.Combine(removed["Tree"].OutputPath("files"), "3.txt")),
            Does.StartWith("note\tof \"3/03\"\nchanged\n").And.Contain("added").And.Not.Contain("item 8\n"));
    }

    [Test]
    public async Task Forced_it_makes_all_groups_again()
    {
        using var checkout = WithItems();
        await checkout.Run(new TestTree("Tree", Files));
        var options = RunOptions.Default with { Force = Force.Everything };
        Assert.That(Groups(await checkout.Run(options, new TestTree("Tree", Files))), Is.EqualTo(5));
    }

    [Test]
    public async Task A_placed_result_lies_on_the_device_once()
    {
        using var checkout = WithItems();
        var summary = await checkout.Run(new TestTree("Tree", Files));
        var output = Path.Combine(summary["Tree"].OutputPath("files"), "3/03");
        Assert.That(File.ReadAllText(output), Is.EqualTo("item 3"));
        Assert.That(Links(output), Is.GreaterThanOrEqualTo(3), "result, object and output are one file");
    }

    private static int Links(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%h", path]) { RedirectStandardOutput = true })!;
        return int.Parse(stat.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    [Test]
    public async Task What_is_written_over_a_placed_result_is_what_counts()
    {
        using var checkout = WithItems();
        var first = await checkout.Run(new TestTree("Tree", Files));
        var overwriting = new TestTree("Other", Files)
        {
            Placed = path =>
            {
                File.Delete(path);
                File.WriteAllText(path, "overwritten");
            },
        };
        var second = await checkout.Run(overwriting);
        Assert.That(File.ReadAllText(Path.Combine(second["Other"].OutputPath("files"), "3/03")), Is.EqualTo("overwritten"));
        Assert.That(second["Other"].Record!.Outputs[0].Hash, Is.Not.EqualTo(first["Tree"].Record!.Outputs[0].Hash));
        Assert.That((await checkout.Run(new TestTree("Tree", Files))).States(), Is.All.EqualTo(StageState.Fresh));
    }

    [Test]
    public async Task A_path_that_is_taken_is_refused()
    {
        using var checkout = WithItems();
        checkout.Write("in/3.txt", "an item where the group of folder 3 belongs");
        Assert.That((await checkout.Run(new TestTree("Tree", Files)))["Tree"].Reason, Does.Contain("3.txt' is placed twice"));
    }
}
