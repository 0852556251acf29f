using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build.Tests;

public sealed class TaskCatalogTests
{
    private static readonly TaskCatalog Tasks = TaskCatalog.OfThisAssembly();

    [Test]
    public void Every_task_tells_what_it_does()
    {
        Assert.That(Tasks.All.Where(task => task.Description.Length == 0).Select(task => task.Name), Is.Empty);
        Assert.That(Tasks.All.Select(task => task.Name), Does.Contain("Default").And.Contain("Phase0").And.Contain("Test"));
    }

    [Test]
    public void The_default_target_is_the_report()
    {
        Assert.That(Tasks.Targets(["Default"])[0].Needs, Is.EqualTo(new[] { "Report", "Package", "Student" }));
    }

    [Test]
    public void Every_unknown_target_is_named_with_what_is_known()
    {
        var fault = Assert.Throws<UsageException>(() => Tasks.Targets(["Phas0", "Test", "Nothing"]));

        Assert.That(fault!.Mistakes, Has.Count.EqualTo(2));
        Assert.That(fault.Mistakes[0], Does.StartWith("--target=Phas0: unknown target; did you mean 'Phase0'? Known: Benchmark, CacheGc, CacheVerify, Compare, Convert, Default, "));
    }

    [Test]
    public void The_tree_draws_what_a_task_needs_once()
    {
        var lines = new TaskTree(Tasks).Lines().ToArray();

        Assert.That(lines[0], Is.EqualTo("Default"));
        Assert.That(lines.Count(line => line.EndsWith("─ FetchPrompts", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(lines, Has.Some.EndsWith("PreprocessPrompts ↑"));
    }

    [Test]
    public void Help_names_every_option_and_target()
    {
        var help = string.Join('\n', HelpText.Lines(Tasks));

        Assert.That(OptionTable.Options.Where(option => !help.Contains($"--{option.Name}")), Is.Empty);
        Assert.That(Tasks.All.Where(task => !help.Contains(task.Name)), Is.Empty);
    }
}
