using System.Runtime.Versioning;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>What is refused before a machine with a GPU is asked for.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class TrainRequestTests
{
    private static readonly Workflow Train = Workflow.Of("train.yml");

    [Test]
    public void What_is_filled_in_is_enough_and_means_the_newest_commit()
    {
        Assert.That(Ask([]), Is.EqualTo((0, "newest")));
    }

    [Test]
    public void A_later_try_keeps_the_revision_of_the_first_when_the_branch_has_moved_on()
    {
        Assert.That(Ask([("REVISION", "older"), ("TRY", "2")]), Is.EqualTo((0, "older")));
    }

    [TestCase("400", "0", "300", "400.00")]
    [TestCase("10", "500", "100", "1.66")]
    [TestCase("1", "59", "1", "0.01")]
    public void A_slice_is_five_hours_or_what_is_left(string hours, string spent, string slice, string left)
    {
        using var script = new Script(Train["request"]["Check the request"], Event.Dispatch(Train).Contexts);
        var commits = Commits(script.Folder);

        script.With("REVISION", commits["newest"]).With("HOURS", hours).With("SPENT", spent).Run();

        Assert.That((script.Outputs["slice"], script.Outputs["left"]), Is.EqualTo((slice, left)));
    }

    [TestCase("TARGET", "Report --force")]
    [TestCase("TARGET", "$(touch x)")]
    [TestCase("PROFILE", "../../etc")]
    [TestCase("PROFILE", "nosuch")]
    [TestCase("TRIES", "0")]
    [TestCase("TRIES", "101")]
    [TestCase("TRIES", "many")]
    [TestCase("TRY", "81")]
    [TestCase("HOURS", "0")]
    [TestCase("HOURS", "2001")]
    [TestCase("HOURS", "1e3")]
    [TestCase("SPENT", "24000")]
    [TestCase("SPENT", "a[$(touch x)]")]
    [TestCase("TRY", "a[$(touch x)]")]
    [TestCase("CACHE", "")]
    [TestCase("REVISION", "main")]
    [TestCase("REVISION", "aside")]
    public void A_wrong_request_is_refused_by_name(string variable, string value)
    {
        Assert.That(Ask([(variable, value)]), Is.EqualTo((1, "")));
    }

    /// <summary>In a repository with the commits <c>older</c> and <c>newest</c>, and <c>aside</c> on another branch.</summary>
    /// <returns>The exit code and the name of the commit that is allowed.</returns>
    private static (int Code, string Revision) Ask((string Name, string Value)[] changes)
    {
        using var script = new Script(Train["request"]["Check the request"], Event.Dispatch(Train).Contexts);
        var commits = Commits(script.Folder);
        script.With("REVISION", commits["newest"]);
        foreach (var (name, value) in changes)
            script.With(name, commits.GetValueOrDefault(value, value));
        var (code, said) = script.Run();
        Assert.That(said, code == 0 ? Is.Empty : Does.StartWith("::error::").And.Contain(changes[0].Name == "CACHE" ? "TMRVC_CACHE" : changes[0].Name.ToLowerInvariant()));
        Assert.That(Path.Combine(script.Folder, "x"), Does.Not.Exist, "a value was executed");
        return (code, code == 0 ? commits.Single(commit => commit.Value == script.Outputs["revision"]).Key : "");
    }

    private static Dictionary<string, string> Commits(string folder)
    {
        var older = Git.Commit(folder, ("configs/profiles/full.yaml", "a: 1\n"));
        var newest = Git.Commit(folder, ("other", ""));
        Git.Run(folder, "checkout", "--quiet", "-b", "branch", older);
        var aside = Git.Commit(folder, ("aside", ""));
        Git.Run(folder, "checkout", "--quiet", "main");
        return new() { ["older"] = older, ["newest"] = newest, ["aside"] = aside };
    }
}
