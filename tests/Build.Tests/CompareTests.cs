using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

public sealed class CompareTests
{
    [Test]
    public async Task Settings_and_metrics_of_two_revisions_stand_side_by_side_in_the_terminal_and_on_a_page()
    {
        using var checkout = new SmallCheckout();
        await checkout.MakeAsync(1);
        checkout.Commit();
        await checkout.MakeAsync(2);

        var run = checkout.Run("--target=Compare", $"--stage={SmallCheckout.Stage}", "--with=HEAD");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Done), run.Everything);
        Assert.That(run.Output, Has.Some.Match(@"^\* MelStatistics version +2 +1"), run.Everything);
        Assert.That(run.Output, Has.Some.Match("Metrics of MelStatistics +here +HEAD"));
        Assert.That(run.Errors, Has.Some.EqualTo("here: FetchPrompts has no lock file"), "what cannot be compared is said");
        var page = File.ReadAllText(Path.Combine(checkout.Root, "artifacts", "compare", "MelStatistics-HEAD.html"));
        Assert.That(page, Does.Contain("MelStatistics version</th><td><strong>2</strong></td><td><strong>1</strong>").And.Not.Match("(src|href)=.?https?:"));
    }

    [Test]
    public async Task Each_revision_has_a_page_of_its_own()
    {
        using var checkout = new SmallCheckout();
        await checkout.MakeAsync(1);
        checkout.Commit();

        foreach (var revision in new[] { "main", "heads/main" })
            Assert.That(checkout.Run("--target=Compare", $"--stage={SmallCheckout.Stage}", $"--with={revision}").Code, Is.EqualTo(ExitCode.Done));

        Assert.That(Directory.GetFiles(Path.Combine(checkout.Root, "artifacts", "compare")), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_result_that_nobody_has_and_a_revision_that_is_none_are_told()
    {
        using var checkout = new SmallCheckout();
        await checkout.MakeAsync(1);
        checkout.Commit();
        Directory.Delete(Path.Combine(checkout.Root, "artifacts", "store"), recursive: true);

        var lost = checkout.Run("--target=Compare", $"--stage={SmallCheckout.Stage}", "--with=HEAD");
        var unknown = checkout.Run("--target=Compare", $"--stage={SmallCheckout.Stage}", "--with=nowhere");
        var wrong = checkout.Run("--target=Compare", "--stage=MelStatistic", "--with=HEAD");
        var trial = checkout.Run("--target=Compare", $"--stage={SmallCheckout.Stage}", "--with=HEAD", "--set=phases.0.lr=1e-4");
        var other = checkout.Run("--target=Compare", $"--stage={SmallCheckout.Stage}", "--with=HEAD", "--profile=full");
        var bare = checkout.Run("--target=Compare");

        Assert.That(lost.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(lost.Errors, Has.Some.EqualTo("HEAD: nobody has the result of MelStatistics that its lock file names; --cache=WHERE looks in a cache"));
        Assert.That((unknown.Code, unknown.Everything), Is.EqualTo((ExitCode.Usage, "--with=nowhere: git knows no such revision; git log lists them, git fetch brings more")));
        Assert.That(wrong.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(wrong.Errors, Has.Some.StartsWith("--stage=MelStatistic: unknown stage; did you mean 'MelStatistics'?"));
        Assert.That(trial.Errors, Is.EqualTo(new[] { "--set: --target=Compare compares what has been made, as the lock files name it; leave it out" }));
        Assert.That((other.Code, other.Errors.Single()), Is.EqualTo((
            ExitCode.Failed, "--with=HEAD: profile full has no lock files there; commit artifacts/lock/full, or name a revision that has them")));
        Assert.That((bare.Code, bare.Everything), Is.EqualTo((ExitCode.Usage, "--target=Compare: needs --stage=NAME and --with=REVISION")));
    }
}
