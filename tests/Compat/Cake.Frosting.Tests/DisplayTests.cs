namespace Cake.Frosting.Tests;

public sealed class DisplayTests
{
    private static readonly Type[] Chain = [typeof(DefaultTask), typeof(Train), typeof(PrepareTask), typeof(Fetch)];

    [TestCase("--tree", "└─Fetch")]
    [TestCase("--description", "Gets the files")]
    [TestCase("--dryrun", "3. Train")]
    [TestCase("--help", "--exclusive")]
    [TestCase("--info", "Details: ")]
    public void A_display_option_shows_and_runs_nothing(string option, string expected)
    {
        var fixture = new HostFixture(Chain);

        Assert.That(fixture.Run(option), Is.Zero);
        Assert.That(fixture.Console.Text, Does.Contain(expected));
        Assert.That(fixture.Journal.Entries, Is.Empty);
    }

    [Test]
    public void A_task_without_a_body_is_a_group_and_not_listed_among_what_ran()
    {
        var fixture = new HostFixture(Chain);

        fixture.Run();

        Assert.That(fixture.Console.Text, Does.Match("Train  .*Succeeded").And.Not.Match("Default  .*Succeeded"));
    }

    [Test]
    public void Tasks_of_an_added_assembly_are_found()
    {
        var fixture = new HostFixture();
        fixture.Host.AddAssembly(typeof(Fetch).Assembly);

        fixture.Run("--description");

        Assert.That(fixture.Console.Text, Does.Contain("Prepare").And.Contain("Fetch").And.Not.Contain("OwnTask "));
    }
}
