using Cake.Core;

namespace Cake.Frosting.Tests;

public sealed class LifetimeTests
{
    [Test]
    public void Setup_and_teardown_surround_the_run_also_when_it_fails()
    {
        var fixture = new HostFixture(typeof(Failing));
        fixture.Host.UseLifetime<RunLifetime>();

        fixture.Run("--target=Failing");

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "setup", "teardown after disk is full" }));
    }

    [Test]
    public void A_task_lifetime_surrounds_each_task()
    {
        var fixture = new HostFixture(typeof(Fetch), typeof(Skipped), typeof(AfterSkipped));
        fixture.Host.UseTaskLifetime<EachTaskLifetime>();

        fixture.Run("--target=AfterSkipped");

        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[]
        {
            "before Skipped", "after Skipped, skipped True", "before AfterSkipped", "AfterSkipped", "after AfterSkipped, skipped False",
        }));
    }

    [Test]
    public void Tasks_receive_the_context_the_host_was_given()
    {
        var fixture = new HostFixture(typeof(NeedsOwnContext));
        fixture.Host.UseContext<OwnContext>();

        Assert.That(fixture.Run("--target=NeedsOwnContext"), Is.Zero);
        Assert.That(fixture.Journal.Entries, Is.EqualTo(new[] { "42" }));
    }

    [Test]
    public void A_task_whose_context_does_not_fit_is_dropped_with_a_warning()
    {
        var fixture = new HostFixture(typeof(NeedsOwnContext), typeof(Fetch));

        Assert.That(fixture.Run("--target=Fetch"), Is.Zero);
        Assert.That(fixture.Console.Text, Does.Contain("the context isn't convertible to Cake.Frosting.Tests.LifetimeTests+OwnContext"));
    }

    public sealed class RunLifetime(Journal journal) : FrostingLifetime<FrostingContext>
    {
        public override void Setup(FrostingContext context, ISetupContext info) => journal.Add("setup");

        public override void Teardown(FrostingContext context, ITeardownContext info) =>
            journal.Add($"teardown after {info.ThrownException?.Message}");
    }

    public sealed class EachTaskLifetime(Journal journal) : FrostingTaskLifetime<FrostingContext>
    {
        public override void Setup(FrostingContext context, ITaskSetupContext info) => journal.Add($"before {info.Task.Name}");

        public override void Teardown(FrostingContext context, ITaskTeardownContext info) =>
            journal.Add($"after {info.Task.Name}, skipped {info.Skipped}");
    }

    public sealed class OwnContext(ICakeContext context) : FrostingContext(context)
    {
        public static int Answer => 42;
    }

    public abstract class OwnTask : FrostingTask<OwnContext>;

    public sealed class NeedsOwnContext(Journal journal) : OwnTask
    {
        public override void Run(OwnContext context) => journal.Add($"{OwnContext.Answer}");
    }
}
