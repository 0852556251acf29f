namespace Cake.Frosting.Tests;

public sealed class FailureTests
{
    [Test]
    public void A_failure_stops_what_depends_on_it_and_prints_no_stack_trace()
    {
        var fixture = new HostFixture(typeof(Failing), typeof(AfterFailing));

        Assert.That(fixture.Run("--target=AfterFailing"), Is.EqualTo(-1));
        Assert.That(fixture.Journal.Entries, Is.Empty);
        Assert.That(fixture.Console.Text, Does.Contain("Error: disk is full").And.Not.Contains("   at "));
    }

    [Test]
    public void Diagnostic_verbosity_prints_the_stack_trace()
    {
        var fixture = new HostFixture(typeof(Failing));

        fixture.Run("--target=Failing", "--verbosity=diagnostic");

        Assert.That(fixture.Console.Text, Does.Contain("   at Cake.Frosting.Tests.Failing.Run"));
    }

    [Test]
    public void An_error_handler_that_does_not_rethrow_lets_dependents_run()
    {
        var fixture = new HostFixture(typeof(FailingWithHandler), typeof(AfterHandled));

        Assert.That(fixture.Run("--target=AfterHandled"), Is.Zero);
        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "OnError disk is full", "Finally", "AfterHandled" }));
    }

    [Test]
    public void A_task_marked_to_continue_on_error_lets_dependents_run()
    {
        var fixture = new HostFixture(typeof(FailingTolerated), typeof(AfterTolerated));

        Assert.That(fixture.Run("--target=AfterTolerated"), Is.Zero);
        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "AfterTolerated" }));
    }

    [TestCase("--verbosity=loud", "Verbosity 'loud': one of Quiet, Minimal, Normal, Verbose, Diagnostic is allowed.")]
    [TestCase("--target", "Option '--target' needs a value.")]
    [TestCase("Train", "'Train' is no option; a target is chosen by --target Train.")]
    public void A_wrong_command_line_is_explained(string argument, string explanation)
    {
        var fixture = new HostFixture(typeof(Fetch));

        Assert.That(fixture.Run(argument), Is.EqualTo(-1));
        Assert.That(fixture.Console.Text, Does.Contain(explanation));
        Assert.That(fixture.Journal.Entries, Is.Empty);
    }
}
