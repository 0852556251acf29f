using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build.Tests;

public sealed class TargetMistakesTests
{
    private static readonly TaskCatalog Tasks = TaskCatalog.OfThisAssembly();

    private static string[] Mistakes(bool hasCache, params string[] words)
    {
        var request = RequestParser.Parse(words);
        return [.. TargetMistakes.Of(request, Tasks.Targets(request.Targets), hasCache)];
    }

    [Test]
    public void Push_and_pull_are_of_no_use_without_a_cache()
    {
        Assert.That(Mistakes(false, "--target=Push", "--target=Pull"), Is.EqualTo(new[]
        {
            "--target=Push: needs a cache; choose one by --cache=WHERE or TMRVC_CACHE",
            "--target=Pull: needs a cache; choose one by --cache=WHERE or TMRVC_CACHE",
        }));
        Assert.That(Mistakes(true, "--target=Push"), Is.Empty);
        Assert.That(Mistakes(true, "--target=Push", "--cache-mode=read"), Is.EqualTo(new[] { "--target=Push: writes to the cache; leave out --cache-mode=read" }));
    }

    [TestCase("--dryrun")]
    [TestCase("--explain")]
    [TestCase("--check")]
    public void Push_and_pull_show_no_plan(string word)
    {
        Assert.That(Mistakes(true, "--target=Pull", word), Has.Length.EqualTo(1).And.One.EndsWith("is shown by --frozen --dryrun"));
    }

    [Test]
    public void What_deletes_is_asked_for_alone()
    {
        Assert.That(Mistakes(false, "--target=CacheGc", "--target=Report"), Is.EqualTo(new[] { "--target=CacheGc: deletes; ask for it alone" }));
        Assert.That(Mistakes(false, "--target=CacheGc", "--dryrun", "--grace=7", "--delay=1"), Is.Empty);
    }

    [TestCase("--grace=7")]
    [TestCase("--delay=7")]
    public void Ages_belong_to_cleaning_up(string word)
    {
        Assert.That(Mistakes(false, word), Is.EqualTo(new[] { "--grace, --delay: only together with --target=CacheGc" }));
    }
}
