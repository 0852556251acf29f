using System.Runtime.InteropServices;

namespace Cake.Frosting.Tests;

public sealed class RunTests
{
    private static readonly Type[] Chain = [typeof(DefaultTask), typeof(Train), typeof(PrepareTask), typeof(Fetch)];

    [Test]
    public void Dependencies_run_first_each_once_and_one_after_another()
    {
        var fixture = new HostFixture(Chain);

        Assert.That(fixture.Run(), Is.Zero);
        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "Fetch", "Prepare starts", "Prepare ends", "Train" }));
    }

    [TestCase("--target=Prepare")]
    [TestCase("--target", "Prepare")]
    [TestCase("-t", "prepare")]
    public void A_target_is_chosen_by_name_in_any_case(params string[] arguments)
    {
        var fixture = new HostFixture(Chain);

        Assert.That(fixture.Run(arguments), Is.Zero);
        Assert.That(fixture.Journal.Entries, Does.Not.Contain("Train").And.Contains("Prepare ends"));
    }

    [Test]
    public void Several_targets_run_in_the_order_given()
    {
        var fixture = new HostFixture([.. Chain, typeof(AfterTolerated), typeof(FailingTolerated)]);

        fixture.Run("--target=AfterTolerated", "--target=Fetch");

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "AfterTolerated", "Fetch" }));
    }

    [Test]
    public void An_exclusive_target_runs_alone()
    {
        var fixture = new HostFixture(Chain);

        fixture.Run("--target=Train", "--exclusive");

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "Train" }));
    }

    [Test]
    public void A_dependee_runs_before_the_task_it_names()
    {
        var fixture = new HostFixture(typeof(Fetch), typeof(BeforeFetch));

        fixture.Run("--target=Fetch");

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "BeforeFetch", "Fetch" }));
    }

    [Test]
    public void A_task_that_should_not_run_is_skipped_and_what_follows_runs()
    {
        var fixture = new HostFixture(typeof(Skipped), typeof(AfterSkipped));

        Assert.That(fixture.Run("--target=AfterSkipped"), Is.Zero);
        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "AfterSkipped" }));
    }

    [Test]
    public void Skipping_the_target_itself_is_an_error()
    {
        var fixture = new HostFixture(typeof(Skipped));

        Assert.That(fixture.Run("--target=Skipped"), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain("Could not reach target 'Skipped'"));
    }

    [Test]
    public void An_unknown_target_is_named()
    {
        var fixture = new HostFixture(Chain);

        Assert.That(fixture.Run("--target=Trian"), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain("The target 'Trian' was not found."));
        Assert.That(fixture.Journal.Entries, Is.Empty);
    }

    [Test]
    public void A_dependency_that_is_no_task_is_named()
    {
        var fixture = new HostFixture(typeof(DependentOnNoTask));

        Assert.That(fixture.Run("--target=DependentOnNoTask"), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain("The dependency 'String' is not a valid task."));
    }

    [Test]
    public void A_dependency_that_is_not_registered_is_named()
    {
        var fixture = new HostFixture(typeof(Train), typeof(Fetch));

        Assert.That(fixture.Run("--target=Train"), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain("'Prepare'"));
    }

    [Test]
    public void A_cycle_is_refused()
    {
        var fixture = new HostFixture(typeof(CycleA), typeof(CycleB), typeof(CycleC));

        Assert.That(fixture.Run("--target=CycleA"), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain("circular"));
    }

    [Test]
    public void Options_the_host_does_not_know_reach_the_tasks()
    {
        var fixture = new HostFixture(typeof(ReadArguments));

        fixture.Run("--target=ReadArguments", "--profile", "smoke", "--set=a=1", "--set=b=2", "--force");

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[]
        {
            "target=ReadArguments True", "profile=smoke True", "set=a=1|b=2 True", "force= True", "absent= False",
        }));
    }

    [Test]
    public void The_working_directory_of_the_command_line_goes_before_that_of_the_host()
    {
        var fixture = new HostFixture(typeof(WorkingFolder));
        fixture.Host.UseWorkingDirectory(Path.GetTempPath());
        var folder = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');
        var before = Environment.CurrentDirectory;

        fixture.Run("--target=WorkingFolder", "--working", folder);
        Environment.CurrentDirectory = before;

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { folder }));
    }

    [Test]
    public void A_working_directory_that_does_not_exist_is_named()
    {
        var fixture = new HostFixture(typeof(WorkingFolder));

        Assert.That(fixture.Run("--target=WorkingFolder", "--working=/no/such/folder"), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain("The working directory '/no/such/folder' does not exist."));
    }
}
